export { createAuthorizer } from './authorizer.ts';
export type { AuthorizationAttributes, Authorizer, Decision } from './authorizer.ts';
export { alwaysAllow, alwaysDeny, privilegedGroup } from './built-in.ts';
export { forbiddenMessage } from './forbidden-message.ts';
export { publicInformation } from './public-information.ts';
