export const texts = {
  product: '节能巡查', trial: '试用版', demo: '演示', about: '公共机构室内温度检查：现场记录、文书、整改。没有网络也能用。',
  signIn: '登录', who: '检查人员', passphrase: '口令', unlocking: '正在验证口令', enrolAnother: '登记另一名人员', offlineHint: '登录不需要网络。忘记口令时请管理员重新发登记代码；没有同步的记录会留在旧账户里。',
  chainCode: '本机编号 {{code}}',
  enrol: '在这台电脑上登记', enrolWay: '登记方式', withCode: '用管理员发的代码', asFirst: '建立首个账户', withCodeAbout: '请系统管理员在“人员”里为您生成一次性登记代码。登记需要联网一次，以后离线也能登录。',
  asFirstAbout: '服务器第一次启动时，会在它的控制台显示一个一次性代码。用它建立单位和首个系统管理员账户。',
  serverUrl: '服务器地址', serverUrlHint: '由系统管理员提供，以 https:// 开头；只有本机的服务器可以用 http://。', code: '一次性登记代码', consoleCode: '服务器控制台上的代码',
  deviceName: '电脑名称', deviceNameHint: '管理员在设备清单里看到的名称。', officeName: '单位名称', name: '姓名', loginName: '登录名', newPassphrase: '设置口令', passphraseHint: '至少 8 个字，只存在您的记忆里，任何人都无法找回。',
  passphraseAgain: '再输一次口令', back: '返回', enrolNow: '登记并登录', enrolling: '正在登记',
  gaps: { needed: '请填写这一项。', short: '口令至少 8 个字。', different: '两次输入的口令不一样。', address: '请写完整的地址，如 https://xuncha.example.gov.cn。' },
  opening: '正在打开本机记录', openingCount: '已读 {{done}} / {{of}} 条', openFailed: '没能打开本机记录', openFailedSafe: '本机日志里的记录没有改动。请再试一次；仍不行时请联系系统管理员，不要删除文件。', openAgain: '再试一次',
  demoEnded: '演示已结束', demoEndedAbout: '这台电脑上的演示账户和演示记录已删除；正式账户不在这里，没有改动。原来的文件夹：', beginTitle: '怎样开始正式工作', beginServer: '请系统管理员启动单位的服务器（npm run serve，或按运维说明安装），用控制台上的一次性代码建立首个账户，再在“人员”里为每个人生成登记代码。', beginProgram: '关闭这个窗口，在这台电脑上打开安装好的节能巡查；不要用 npm start，它总是打开演示。', beginEnrol: '在登录页选“登记”，填服务器地址和自己的登记代码，设置口令。', demoClose: '关闭',
  demoTitle: '选择一个演示账户', demoAbout: '演示数据全部是虚构的，只存在这台电脑的演示服务器里，每一页都标有“演示”。',
  roles: {
    inspector: '检查人员', assistant: '辅助人员', 'section-head': '处室负责人', 'legal-section': '法规处', leader: '分管局领导', office: '办公室', archivist: '档案', 'external-auditor': '外聘审计人员',
    'joint-staff': '联合检查人员', 'system-administrator': '系统管理员', 'security-administrator': '安全管理员', 'audit-administrator': '审计管理员',
  },
} as const;
