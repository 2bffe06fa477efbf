import { isSupported } from './capabilities.ts';
import { allFlags, type Flag } from './flag-table.ts';
import { descriptions } from './descriptions.ts';
import { defaultText } from './flag-values.ts';

const intro = `Keelson is a Kubernetes API server. Its flags are kube-apiserver's (v1.37), and a few of its own.

Without flags it keeps its objects in ./data, makes its own certificates there, and listens on https://127.0.0.1:6443.

Usage:
  kube-apiserver [flags]
  kube-apiserver storage verify|backup|restore|compact    looks after the embedded store; storage --help says how
`;

const column = 46;

/** What `--help` shows: the flags in their groups; first, in each, those that do something. */
export function helpText(): string {
  const shown = allFlags.filter(({ hidden }) => hidden !== true);
  const sections = [...new Set(shown.map(({ section }) => section))];
  return [
    intro,
    ...sections.map((section) =>
      sectionText(
        section,
        shown.filter((flag) => flag.section === section),
      ),
    ),
  ].join('\n');
}

function sectionText(section: string, flags: readonly Flag[]): string {
  const working = flags.filter(isSupported);
  const known = flags.filter((flag) => !isSupported(flag)).map(({ name }) => `--${name}`);
  const lines = [
    `${section.charAt(0).toUpperCase()}${section.slice(1)} flags:`,
    '',
    ...working.map(line),
  ];
  if (known.length > 0)
    lines.push(
      ...wrapped(
        `      Known, without effect or refused until their capability is there: ${known.join(', ')}`,
      ),
    );
  return `${lines.join('\n')}\n`;
}

function line(flag: Flag): string {
  const { name, shorthand, type, noOptDefVal } = flag;
  const start = `${shorthand === undefined ? '      ' : `  -${shorthand}, `}--${name}${noOptDefVal === undefined ? ` ${type}` : ''}`;
  const fallback = defaultText(flag);
  const text = [
    descriptions[name] ?? '',
    fallback === '' || fallback === 'false' ? '' : `(default ${fallback})`,
  ]
    .filter((part) => part !== '')
    .join(' ');
  return start.length < column - 1
    ? `${start.padEnd(column)}${text}`
    : `${start}\n${' '.repeat(column)}${text}`;
}

/** Long lists of names, in lines that fit. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(/(?<=,) /)) {
    if (current !== '' && current.length + word.length > 118) {
      lines.push(current);
      current = '        ';
    }
    current = current === '' || current.trim() === '' ? `${current}${word}` : `${current} ${word}`;
  }
  return [...lines, current];
}
