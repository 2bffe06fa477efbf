import { allowed, noOpinion, type Authorizer } from './authorizer.ts';

/** Members of system:masters may do everything. Behaviour: authorizerfactory NewPrivilegedGroups. */
export const privilegedGroup: Authorizer = ({ user }) =>
  Promise.resolve(user.groups.includes('system:masters') ? allowed : noOpinion);

/** Everybody may do everything: `--authorization-mode=AlwaysAllow`. */
export const alwaysAllow: Authorizer = () => Promise.resolve(allowed);

/** Nobody may do anything: `--authorization-mode=AlwaysDeny`. */
export const alwaysDeny: Authorizer = () =>
  Promise.resolve({ verdict: 'no opinion', reason: 'Everything is forbidden.' });
