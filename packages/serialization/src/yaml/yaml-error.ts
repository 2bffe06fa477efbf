/** What is wrong with a YAML document, without the `yaml: ` before it. */
export class YamlError extends Error {}
