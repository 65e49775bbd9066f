export const texts = {
  title: '设置', about: '显示和打印的偏好，只影响这台电脑，不改动任何记录。', looks: '显示', theme: '配色', themeHint: '阳光下看不清时选“高对比”。', themes: { system: '跟随系统', light: '浅色', dark: '深色', contrast: '高对比' },
  language: '界面语言', languageHint: '文书始终是中文。', printing: '打印', printer: '优先使用的打印机', printerHint: '打印时仍可另选。', systemPrinter: '系统默认打印机', isDefault: '{{name}}（系统默认）', noPrinters: '现在没有找到打印机。', printersAsked: '正在查找打印机。', printerMissing: '现在没有找到这台打印机，打印时请另选一台。',
  signing: '签字方式', signingAbout: '由牵头机关统一规定，在“人员 · 机关”里设置，检查人员不能自行更改。', ledBy: '由您所属的“{{organ}}”牵头的检查：', drawnOff: '打印后手写签字，再拍照或扫描存回；单位盖章件也可以。屏幕手写签字未开放。', drawnOn: '打印后手写签字再拍照或扫描存回、单位盖章件、屏幕手写签字都可以。',
  demo: '演示', demoAbout: '现在是演示：账户和记录都是虚构的，只在这台电脑上。', demoEnd: '结束演示并删除演示资料', demoEndNow: '结束并删除', demoEndWhat: '将从这台电脑上删除：所有演示账户、演示记录、照片和文书，连同您在演示中填写的内容。删除后不能恢复。它们都在这个文件夹里：', demoEndNot: '正式账户在另一个文件夹里，不受影响。用 npm start 打开的演示，它的演示服务器也随之删除。',
  aboutTitle: '关于', trial: '试用版', trialAbout: '试用版的本机档案格式为 0，以后不做就地升级：届时先同步、核对回执，再换新档案。',
  version: '程序版本', electron: '{{running}}（发行版规定 {{pinned}}）', notPinned: '正在运行的 Electron 是 {{running}}，不是发行版规定的 {{pinned}}。这是开发用的运行环境，不得用于正式检查。', platform: '系统', profileFormat: '档案格式', profileDir: '档案文件夹',
  deviceName: '电脑名称（系统）', account: '登录账户', server: '服务器', demoServer: '演示服务器',
} as const;
