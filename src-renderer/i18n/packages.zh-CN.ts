export const texts = {
  title: '交换包（两边网络不通时用）', about: '把还没有送到服务器的全部内容存成一个文件，用 U 盘带给能联网的处室负责人导入；再把回执包带回来导入本机，才算送达。',
  export: '导出交换包', import: '导入交换包', working: '正在处理，请不要拔出磁盘…',
  exported: '已导出 {{changes}} 条记录和 {{originals}} 个照片或文件到 {{path}}。取得回执以前，它们仍算没有同步。', originalsLeft: '另有 {{count}} 个照片或文件没有放进去（一个文件不能超过 4 GB，或本机原件已损坏），收到回执后请再导出一次。',
  carried: '服务器已收到电脑 {{chainCode}} 的内容，到第 {{heldThrough}} 条为止；交换包里的照片和文件有 {{originals}} 个在服务器上。', carriedRefused: '其中被服务器拒收的有 {{count}} 条，原因写在回执里。', originalsMissing: '还有 {{count}} 个照片或文件没有到服务器，请再导入一次。',
  receiptSaved: '回执包已存到 {{path}}，请带回给导出的那台电脑。', receiptNotSaved: '没有保存回执包。那台电脑要等拿到回执才知道已送达；再导入一次同一个交换包即可保存回执。',
  receipt: '回执已导入：新确认送达 {{confirmed}} 条记录、{{originals}} 个照片或文件。', receiptNothing: '这份回执里没有新的内容，本机没有变化。', receiptRefused: '现有 {{count}} 条被服务器拒收，请看上面的原因。',
} as const;
