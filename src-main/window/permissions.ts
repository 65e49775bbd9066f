import type { Session, WebContents } from 'electron';
import { appOrigin } from './app-scheme.ts';

/**
 * Denies every permission but the camera, and that one only to our own top frame.
 * Electron grants everything when no handler is set, so both the request and the check are answered here.
 */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, details) => {
    const wanted = 'mediaTypes' in details ? (details.mediaTypes ?? []) : [];
    const onlyVideo = permission === 'media' && wanted.length > 0 && wanted.every((type) => type === 'video');
    callback(onlyVideo && details.isMainFrame && isOurs(details.requestingUrl));
  });
  session.setPermissionCheckHandler((contents: WebContents | null, permission, requestingOrigin, details) => {
    const cameraAsked = permission === 'media' && details.mediaType === 'video';
    return cameraAsked && contents !== null && details.isMainFrame && isOurs(requestingOrigin);
  });
  session.setDevicePermissionHandler(() => false);
}

function isOurs(url: string): boolean {
  return url === appOrigin || url.startsWith(`${appOrigin}/`);
}
