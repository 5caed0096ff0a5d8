import type { Text } from '@messlatte/model'

export type CliErrorCode =
  | 'not-found'
  | 'not-readable'
  | 'not-a-file'
  | 'empty'
  | 'bad-option'
  | 'bad-file'
  | 'not-writable'
  | 'failed'

/** What ends the program with exit code 2; the text names the file or option and the way out. */
export class CliError extends Error {
  readonly code: CliErrorCode
  readonly text: Text
  constructor(code: CliErrorCode, text: Text, cause?: unknown) {
    super(text.en, { cause })
    this.name = 'CliError'
    this.code = code
    this.text = text
  }
}

// What is said of files everywhere. `what` is a path, behind its option where it has one.

export function cannotBeRead(what: string): Text {
  return { en: `${what}: cannot be read`, de: `${what}: kann nicht gelesen werden` }
}

export function mayNotBeRead(path: string): Text {
  return {
    en: `${path}: may not be read; check its permissions`,
    de: `${path}: darf nicht gelesen werden; die Rechte prüfen`,
  }
}

export function cannotBeWritten(what: string): Text {
  return { en: `${what}: cannot be written`, de: `${what}: kann nicht geschrieben werden` }
}

export function cannotBeMade(folder: string): Text {
  return {
    en: `${folder}: cannot be made or opened`,
    de: `${folder}: kann nicht angelegt oder geöffnet werden`,
  }
}

export function notEmpty(folder: string): Text {
  return {
    en: `${folder}: is not empty; name a folder that is new or empty`,
    de: `${folder}: ist nicht leer; einen neuen oder leeren Ordner nennen`,
  }
}

export function noSuchFile(path: string): Text {
  return { en: `${path}: there is no such file`, de: `${path}: diese Datei gibt es nicht` }
}

export function noSuchPath(path: string): Text {
  return {
    en: `${path}: there is no such file or folder`,
    de: `${path}: diese Datei oder diesen Ordner gibt es nicht`,
  }
}

export function notUtf8(what: string): Text {
  return {
    en: `${what}: is not a text in UTF-8 (iconv -f LATIN1 -t UTF-8 makes one)`,
    de: `${what}: ist kein Text in UTF-8 (iconv -f LATIN1 -t UTF-8 macht einen)`,
  }
}

/** @param most with its unit, the same in both languages: `256 MiB` */
export function tooLarge(what: string, most: string): Text {
  return { en: `${what}: is larger than ${most}`, de: `${what}: ist größer als ${most}` }
}

/** What another part of the program says in English alone. */
export function untranslated(message: string): Text {
  return { en: message, de: message }
}
