export type * from './gen/meta-v1.ts';
export type { FieldsV1, Int64, IntOrString, JsonValue, Quantity, RawExtension } from './scalars.ts';
export { FieldPath, fieldPath } from './field-path.ts';
export {
  duplicate,
  fieldErrorMessage,
  forbidden,
  internalError,
  invalid,
  notFound,
  distinctErrors,
  notSupported,
  required,
  tooLong,
  tooMany,
  typeInvalid,
} from './field-error.ts';
export type { FieldError, FieldErrorType } from './field-error.ts';
export { goQuote } from './go-quote.ts';
export { goValue } from './go-value.ts';
export {
  alreadyExistsError,
  badRequestError,
  conflictError,
  expiredError,
  forbiddenError,
  generateNameConflictError,
  genericServerError,
  internalServerError,
  invalidError,
  methodNotAllowedError,
  notAcceptableError,
  notFoundError,
  requestEntityTooLargeError,
  serviceUnavailableError,
  StatusError,
  timeoutError,
  tooManyRequestsError,
  unauthorizedError,
  unsupportedMediaTypeError,
} from './status-error.ts';
export type { StatusErrorInit, StatusReason } from './status-error.ts';
export {
  groupKindText,
  groupResourceText,
  groupVersionText,
  parseGroupVersion,
} from './group-version.ts';
export type {
  GroupKind,
  GroupResource,
  GroupVersion,
  GroupVersionKind,
  GroupVersionResource,
} from './group-version.ts';
export type { KubernetesObject } from './kubernetes-object.ts';
export { formatTime, systemClock } from './clock.ts';
export type { Clock } from './clock.ts';
export {
  isCIdentifier,
  isConfigMapKey,
  isDNS1035Label,
  isDNS1123Label,
  isDNS1123Subdomain,
  isEnvVarName,
  isHTTPHeaderName,
  isQualifiedName,
  isRelaxedEnvVarName,
  isValidGroupID,
  isValidLabelValue,
  isValidPercent,
  isValidPortName,
  isValidPortNum,
  isValidUserID,
  isWildcardDNS1123Subdomain,
  maxLengthProblem,
  nameIsDNS1035Label,
  nameIsDNSLabel,
  nameIsDNSSubdomain,
  nameIsPathSegment,
  patternProblem,
  rangeProblem,
} from './names.ts';
export type { NameRule, Problems } from './names.ts';
export { parseCIDR, parseIP } from './ip-address.ts';
export type { CIDR, IPAddress } from './ip-address.ts';
export {
  cidrWarnings,
  ipWarnings,
  validateCIDR,
  validateIP,
  validateReachableIP,
} from './ip-validation.ts';
export {
  everything,
  labelSelectorFromObject,
  LabelSelectorMatcher,
  nothing,
} from './label-selector.ts';
export type { LabelOperator, LabelRequirement } from './label-selector.ts';
export { parseLabelSelector, SelectorSyntaxError } from './parse-label-selector.ts';
export { FieldSelector, parseFieldSelector } from './field-selector.ts';
export type { FieldRequirement } from './field-selector.ts';
export { generateName, newUID, randomSuffix } from './generate-name.ts';
export {
  addQuantity,
  canonicalQuantity,
  compareQuantity,
  formatQuantity,
  parseQuantity,
  quantityMilliValue,
  quantitySign,
  quantityValue,
  subtractQuantity,
} from './quantity.ts';
export { addInt64, parseInt64, secondsToMilliseconds, toInt64 } from './int64.ts';
export { copyJson } from './copy-json.ts';
export { jsonText } from './json-text.ts';
export { isRawNumber, parseWithBigints, parseWithRawNumbers, rawNumber } from './raw-number.ts';
export type { ParsedQuantity, QuantityFormat } from './quantity.ts';
export { scaledValue } from './int-or-string.ts';
export { ageOf, humanDuration } from './human-duration.ts';
export { semanticEqual } from './deep-equal.ts';
export {
  validateAnnotations,
  validateFinalizers,
  validateImmutableField,
  validateLabels,
  validateNonNegative,
  validateGenerateName,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './object-meta-validation.ts';
export type { ObjectMetaRules } from './object-meta-validation.ts';
export { validateConditions } from './condition-validation.ts';
export { validateLabelSelector } from './label-selector-validation.ts';
export type { LabelSelectorRules } from './label-selector-validation.ts';
export {
  validateDeleteOptions,
  validateFieldManager,
  validatePatchOptions,
  validateWriteOptions,
} from './options-validation.ts';
export type { WriteOptions } from './options-validation.ts';
