export const texts = {
  title: '照片、文件和录像', about: '记录先走，照片和录像随后自动上传；断网后从断的地方接着传，最多重传 4 MB。', nothing: '都已传到服务器。', progressOfAll: '全部上传进度', progressOf: '{{name}} 的上传进度',
  standing: '已传 {{sent}}，共 {{total}}，还有 {{count}} 个', pace: '每秒 {{size}}，{{left}}', timeLeft: '约还需 {{time}}', minutes: '{{count}} 分钟', seconds: '{{count}} 秒', hours: '{{hours}} 小时 {{minutes}} 分钟', unknownTime: '正在估算所需时间',
  pause: '暂停上传', goOn: '继续上传', paused: '已暂停上传照片和录像（按流量计费时可以这样做）。记录照常同步；盖章件等立即要用的文件仍会上传。',
  file: '文件', state: '进度', ofSize: '{{sent}} / {{total}}', refused: '有 {{count}} 个没有传上去', refusedAbout: '原件仍在本机，没有丢失；下次登录后再试。', size: '大小', why: '原因和办法',
  kinds: { image: '照片', video: '录像', audio: '录音', pdf: 'PDF', other: '文件' },
  storing: '正在存入…', chosen: '{{name}}（{{size}}），已存入本机', save: '另存一份…', saving: '正在另存…', saved: '已另存到 {{path}}',
} as const;
