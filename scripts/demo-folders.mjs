// The folders of the demo that npm start opens: taken only when they are empty, removed only when they were taken.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** The application's exit code when a person has ended the demo in its settings (src-main/bridge/demo-calls.ts). */
export const DEMO_ENDED_EXIT = 10;

// Beside the server's own files: the folder was empty when the demo moved in.
const serverMarker = 'demo-server.json';

/**
 * Makes the demo server's folder, and marks it as the demo's when there was nothing in it.
 * @param {string} demoDir
 * @returns {string} the server's folder
 */
export function claimServerFolder(demoDir) {
  const folder = path.join(demoDir, 'server');
  mkdirSync(folder, { recursive: true });
  if (readdirSync(folder).length === 0) writeFileSync(path.join(folder, serverMarker), '{"formatVersion":0,"foundEmpty":true}\n');
  return folder;
}

/**
 * After the application and its server have ended: removes the server's folder and what the browser left of the profile. What
 * was not empty when the demo came stays.
 * @param {string} demoDir
 * @returns {readonly string[]} what stays, although the demo has ended
 */
export function removeEndedDemo(demoDir) {
  const server = path.join(demoDir, 'server');
  const profile = path.join(demoDir, 'profile');
  if (existsSync(path.join(server, serverMarker))) rmSync(server, { recursive: true, force: true });
  if (isEndedProfile(profile)) rmSync(profile, { recursive: true, force: true });
  rmSync(path.join(demoDir, 'window.png'), { force: true });
  if (existsSync(demoDir) && readdirSync(demoDir).length === 0) rmdirSync(demoDir);
  return [server, profile].filter((folder) => existsSync(folder));
}

/**
 * @param {string} profile
 * @returns {boolean} the application says that all of it was the demo's, and that it has ended
 */
function isEndedProfile(profile) {
  try {
    const marker = JSON.parse(readFileSync(path.join(profile, 'demo-profile.json'), 'utf8'));
    return marker.foundEmpty === true && marker.ended === true;
  } catch {
    return false;
  }
}
