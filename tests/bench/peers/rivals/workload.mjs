// One record of about 1.2 kB of JSON, the same for everybody in a comparison: what an inspector notes of one room. Deterministic:
// record i in version v is always the same, and its id does not depend on the version.
const notes = ['出风口温度偏高', '滤网积尘较多，已现场清洗', '室外机噪声正常', '冷凝水排放顺畅', '遥控器电池需更换', '单位要求下周复检', '房间窗户未关，读数可能偏差', '压缩机启动电流在允许范围内', '制冷量不足，建议检查冷媒压力', '风管保温层有破损', '送风均匀无异味', '面板显示代码已记录并清除'];
const points = ['送风口', '回风口', '房间中央', '窗边', '工位'];
const names = ['示例一', '示例二', '示例三', '示例四', '示例五', '示例六', '示例七', '示例八'];
const begin = Date.UTC(2026, 5, 1);

/** @param {number} seed @returns {() => number} in [0, 1) */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param {() => number} random @param {number} length */
function hex(random, length) {
  let text = '';
  for (let at = 0; at < length; at += 1) text += '0123456789abcdef'[(random() * 16) | 0];
  return text;
}

/** @param {number} index */
export function recordId(index) {
  const random = generator(index * 2654435761 + 99);
  const time = (0x19000000000 + index * 1000).toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(random, 3)}-a${hex(random, 3)}-${hex(random, 12)}`;
}

/** @param {number} index @param {number} [version] */
export function makeRecord(index, version = 1) {
  const random = generator(index * 7919 + version * 104729 + 17);
  /** @template T @param {readonly T[]} from */
  const pick = (from) => from[(random() * from.length) | 0];
  const created = begin + index * 61_000;
  const at = (/** @type {number} */ later) => new Date(created + later).toISOString();
  const deviceId = `ac-${hex(random, 10)}`;
  const readings = [];
  for (let count = 3 + ((random() * 3) | 0), each = 0; each < count; each += 1) {
    readings.push({ point: points[each], at: at(each * 45_000), tempC: Math.round((16 + random() * 14) * 10) / 10, rh: Math.round(random() * 1000) / 10, mps: Math.round(random() * 400) / 100 });
  }
  let note = '';
  for (let count = 2 + ((random() * 3) | 0), each = 0; each < count; each += 1) note += `${pick(notes)}；`;
  const [building, floor, room] = [1 + (index % 9), 1 + (((index / 9) | 0) % 30), 1 + (((index / 270) | 0) % 40)];
  return {
    id: recordId(index), projectId: `prj-${String(index % 4).padStart(4, '0')}-3f9a2c`, taskId: `task-${(index / 200) | 0}`, formId: 'ac-room-check', formVersion: 7,
    roomId: `b${building}-f${floor}-r${room}`, roomName: `${building}号楼${floor}层${floor}${String(room).padStart(2, '0')}室`,
    deviceId, deviceModel: 'KFR-72LW/BP3DN8Y-B3', inspectorId: `usr-${index % 8}`, inspectorName: names[index % 8],
    mode: pick(['制冷', '制热', '除湿', '送风']), setTempC: 18 + ((random() * 10) | 0), fanSpeed: 1 + ((random() * 5) | 0),
    readings, note, status: version === 1 ? pick(['draft', 'submitted', 'approved', 'rejected']) : 'approved',
    gps: { lat: Math.round((31 + random()) * 1e6) / 1e6, lng: Math.round((121 + random()) * 1e6) / 1e6, acc: Math.round(random() * 300) / 10 },
    media: [{ id: hex(random, 24), sha256: hex(random, 64), size: (random() * 3e6) | 0, mime: 'image/jpeg' }],
    checks: { filter: pick(['ok', 'dirty', 'replaced']), drain: pick(['ok', 'blocked']), noise: pick(['ok', 'high']), panel: 'ok' },
    rev: version, createdAt: at(0), updatedAt: created + version * 1000,
  };
}

/** @param {number} from @param {number} to @param {number} [version] */
export function makeRecords(from, to, version = 1) {
  return Array.from({ length: to - from }, (_, offset) => makeRecord(from + offset, version));
}

/** Does not depend on the order: a sum of FNV-1a over what everybody must keep. @param {Iterable<ReturnType<typeof makeRecord>>} records */
export function hashOf(records) {
  let sum = 0;
  for (const record of records) {
    const text = [record.id, record.rev, record.note, record.status, record.readings.length, record.readings[0]?.tempC, record.media[0]?.sha256, record.updatedAt].join('|');
    let hash = 0x811c9dc5;
    for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    sum = (sum + (hash >>> 0)) >>> 0;
  }
  return sum;
}
