import type { Text } from '@messlatte/model'
import { CliError } from './errors.ts'

/** What of a file is looked at to tell what it is. */
export const MOST_START = 4096

/**
 * Ends with what a file is and with what there is to do, where it is nothing that carries a signature of ours.
 * @param start its first bytes
 */
export function refuseOther(path: string, start: Buffer): void {
  const known = KINDS.find(({ is }) => is(start, start.toString('latin1')))
  if (known) throw new CliError('bad-file', unverifiable(path, known.what))
}

export function refuseFolder(path: string): never {
  throw new CliError(
    'bad-file',
    unverifiable(path, {
      en: 'a folder; messlatte bundle makes one signed file of a project folder',
      de: 'ein Ordner; messlatte bundle macht aus einem Projektordner eine signierte Datei',
    }),
  )
}

function unverifiable(path: string, what: Text): Text {
  return {
    en: `${path}: is ${what.en}. What can be verified are: a bundle (messlatte bundle), an evidence pack or another statement in a DSSE envelope (messlatte pack), and a status (messlatte status verify)`,
    de: `${path}: ist ${what.de}. Prüfen lassen sich: ein Bündel (messlatte bundle), ein Evidenzpaket oder eine andere Erklärung in einem DSSE-Umschlag (messlatte pack) und ein Status (messlatte status verify)`,
  }
}

interface Kind {
  readonly is: (bytes: Buffer, text: string) => boolean
  readonly what: Text
}

/** The first that fits counts; what none of them fits is read as an envelope or a bundle. */
const KINDS: readonly Kind[] = [
  {
    is: (bytes) => bytes.length === 0,
    what: { en: 'empty', de: 'leer' },
  },
  {
    is: (_, text) => text.startsWith('PK') && /^.{28}[\s\S]{2}(?:\[Content_Types\]\.xml|_rels\/)/s.test(text),
    what: {
      en: "a document of an office program (DOCX, XLSX); nobody's signature in it is looked at here",
      de: 'ein Dokument eines Büroprogramms (DOCX, XLSX); Signaturen darin werden hier nicht angesehen',
    },
  },
  {
    is: (_, text) => text.startsWith('%PDF-'),
    what: {
      en: "a PDF; nobody's signature in it is looked at here",
      de: 'eine PDF-Datei; Signaturen darin werden hier nicht angesehen',
    },
  },
  {
    is: (_, text) => text.startsWith('-----BEGIN '),
    what: {
      en: 'a key or certificate; name it with --trust, beside the file that it is to verify',
      de: 'ein Schlüssel oder Zertifikat; mit --trust nennen, neben der Datei, die er prüfen soll',
    },
  },
  {
    is: (_, text) => /^\s*messlatte-status:/i.test(text),
    what: {
      en: 'a status; messlatte status verify FILE --trust KEY takes it',
      de: 'ein Status; messlatte status verify DATEI --trust SCHLÜSSEL nimmt ihn',
    },
  },
  {
    is: (_, text) => /^\s*\{\s*"schema"\s*:\s*"urn:messlatte:/.test(text),
    what: {
      en: 'a result or another file of this program that nobody has signed; messlatte pack RESULT --key KEY signs a result',
      de: 'ein Ergebnis oder eine andere Datei dieses Programms, die niemand signiert hat; messlatte pack ERGEBNIS --key SCHLÜSSEL signiert ein Ergebnis',
    },
  },
  {
    is: (_, text) => /^\s*[{[]/.test(text) && !/"(?:payload|payloadType|signatures)"\s*:/.test(text),
    what: {
      en: 'JSON without an envelope that could be signed',
      de: 'JSON ohne Umschlag, der signiert sein könnte',
    },
  },
  {
    is: (bytes, text) => !text.startsWith('PK') && bytes.some((byte) => byte < 9),
    what: {
      en: 'no text and no ZIP archive, so it carries no statement; messlatte check looks into firmware',
      de: 'weder Text noch ZIP-Archiv und trägt also keine Erklärung; messlatte check sieht in Firmware hinein',
    },
  },
  {
    is: (_, text) => !text.startsWith('PK') && !/^\s*\{/.test(text),
    what: {
      en: 'a text that is no JSON, so it carries no signed statement',
      de: 'ein Text, der kein JSON ist, und trägt also keine signierte Erklärung',
    },
  },
]
