import { randomUUID } from 'node:crypto';
import type { Filter } from '../request-state.ts';

/** Gives each request an id that logs and audit share; a client may bring its own. Behaviour: endpoints/filters WithAuditInit. */
export const auditId: Filter = (ctx, next) => {
  const given = ctx.get('audit-id');
  const id = given === '' ? randomUUID() : given;
  ctx.state.auditId = id.slice(0, 64);
  ctx.state.headers['audit-id'] = id;
  return next();
};
