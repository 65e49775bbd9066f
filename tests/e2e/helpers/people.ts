/** The fictional office of the end-to-end tests. Nobody in it exists. */
export const officeName = '示例市机关事务管理局';
export const jointOrganName = '示例市能源监察中心';
/** Everybody's passphrase: what it protects lives as long as the test. */
export const passphrase = '一间一间地查26度';

export type PersonToAdd = Readonly<{
  name: string;
  loginName: string;
  /** Words of the list of roles, as the administrator ticks them. */
  roles: readonly string[];
  organ?: string;
  telephone?: string;
  certificate?: Readonly<{ number: string; issuingOrgan: string }>;
}>;

const ofBureau = (number: string) => ({ number, issuingOrgan: officeName });

export const people = {
  /** Made with the code of the server's console. */
  administrator: { name: '钟守正', loginName: 'zhong', roles: ['系统管理员'] },
  inspector: { name: '林知夏', loginName: 'lin', roles: ['执法人员'], telephone: '0571-0000-0001', certificate: ofBureau('样例330001') },
  secondInspector: { name: '周明远', loginName: 'zhou', roles: ['执法人员'], certificate: ofBureau('样例330002') },
  jointStaff: { name: '何予安', loginName: 'he', roles: ['联合检查人员'], organ: jointOrganName, certificate: { number: '样例330003', issuingOrgan: jointOrganName } },
  sectionHead: { name: '顾长青', loginName: 'gu', roles: ['处室负责人'] },
  legalSection: { name: '沈若谷', loginName: 'shen', roles: ['法规处'] },
  leader: { name: '陆怀山', loginName: 'lu', roles: ['分管局领导'] },
  office: { name: '许文静', loginName: 'xu', roles: ['办公室'] },
} as const satisfies Record<string, PersonToAdd>;
