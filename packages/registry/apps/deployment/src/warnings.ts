import { fieldPath, isDNS1123Label } from '@keelson/api-machinery';
import type { Deployment } from '@keelson/kubernetes-api/apps/v1';
import { podTemplateWarnings } from '@keelson/registry-core-pod';

const templatePath = fieldPath('spec', 'template');

/** Its name becomes part of pods' names. */
export function warningsOnCreate({ metadata, spec }: Deployment): string[] {
  const problems = isDNS1123Label(metadata.name ?? '');
  const name = problems.length === 0 ? [] : [nameWarning(problems)];
  return [...name, ...podTemplateWarnings(templatePath, spec.template)];
}

const nameWarning = (problems: readonly string[]): string =>
  `metadata.name: this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended: [${problems.join(' ')}]`;

/** The template is looked at when something changed. */
export function warningsOnUpdate({ metadata, spec }: Deployment, old: Deployment): string[] {
  return metadata.generation === old.metadata.generation
    ? []
    : [...podTemplateWarnings(templatePath, spec.template, old.spec.template)];
}
