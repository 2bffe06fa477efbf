import { addInt64, semanticEqual } from '@keelson/api-machinery';
import { sameAs } from '@keelson/kubernetes-api';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import { dropDisabledTemplateFields } from '@keelson/registry-core-pod';

/** A new deployment has no status yet. */
export function prepareForCreate(deployment: Deployment): void {
  deployment.status = {};
  deployment.metadata.generation = 1;
  dropDisabledTemplateFields(deployment.spec.template);
}

/** Annotations count as a change, too: they are copied to replica sets. */
export function prepareForUpdate(deployment: Deployment, old: Deployment): void {
  deployment.status = old.status;
  dropDisabledTemplateFields(deployment.spec.template);
  const same =
    sameAs('apps/v1.DeploymentSpec', deployment.spec, old.spec) &&
    semanticEqual(deployment.metadata.annotations ?? {}, old.metadata.annotations ?? {});
  if (!same) deployment.metadata.generation = addInt64(old.metadata.generation ?? 0, 1);
}

/** A change of the status changes nothing else. */
export function prepareStatusForUpdate(deployment: Deployment, old: Deployment): void {
  deployment.spec = old.spec;
  if (old.metadata.labels === undefined) delete deployment.metadata.labels;
  else deployment.metadata.labels = old.metadata.labels;
}
