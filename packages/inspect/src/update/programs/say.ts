import type { Confidence, Text } from '@messlatte/model'

export const LINKED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The program asks the loader for the function; that it is called is not shown.',
    de: 'Das Programm fordert die Funktion beim Lader an; dass es sie aufruft, ist nicht gezeigt.',
  },
}

export const TEXTS: Confidence = {
  grade: 'low',
  reason: {
    en: 'Imported functions and texts stand side by side; that they belong together is not shown.',
    de: 'Importierte Funktionen und Texte stehen nebeneinander; dass sie zusammengehören, ist nicht gezeigt.',
  },
}

export const CALLED: Confidence = {
  grade: 'low',
  reason: {
    en: 'The instructions right before the call load these constants; when it runs, and for which connection, is not shown.',
    de: 'Die Befehle direkt vor dem Aufruf laden diese Konstanten; wann er läuft und für welche Verbindung, ist nicht gezeigt.',
  },
}

export const CALLED_BY_EITHER: Confidence = {
  grade: 'low',
  reason: {
    en: 'The instructions right before the call load these constants; it may be for connections that the program accepts.',
    de: 'Die Befehle direkt vor dem Aufruf laden diese Konstanten; er kann Verbindungen gelten, die das Programm annimmt.',
  },
}

export const SWITCH_OVERTURNED: Text = {
  en: 'Proof that updates are not fetched over this connection, that a server with a foreign certificate is refused, or that an update with one changed byte is.',
  de: 'Der Nachweis, dass Updates nicht über diese Verbindung geladen werden, dass ein Server mit fremdem Zertifikat abgewiesen wird oder ein Update mit einem geänderten Byte.',
}

export function hands(program: string, to: string, by: string): Text {
  return {
    en: `${program} can hand updates to ${to} (${by}).`,
    de: `${program} kann Updates an ${to} übergeben (${by}).`,
  }
}

export function fetchesAndWrites(
  program: string,
  fetches: readonly string[],
  writes: readonly string[],
): Text {
  return {
    en: `${program} imports ${fetches.join(', ')} and has texts that write parts of the system (${writes.join(', ')}).`,
    de: `${program} importiert ${fetches.join(', ')} und enthält Texte, die Teile des Systems schreiben (${writes.join(', ')}).`,
  }
}

export function address(program: string, url: string): Text {
  return {
    en: `An address that speaks of firmware stands in ${program}: ${url}.`,
    de: `In ${program} steht eine Adresse, die von Firmware spricht: ${url}.`,
  }
}

export function switchesOff(program: string, call: string): Text {
  return {
    en: `${program} has a call that switches a check of the server off: ${call}.`,
    de: `${program} hat einen Aufruf, der eine Prüfung des Servers abschaltet: ${call}.`,
  }
}

export function verifies(program: string, functions: readonly string[]): Text {
  return {
    en: `${program} imports functions that verify signatures (${functions.join(', ')}); whether those of updates is not shown.`,
    de: `${program} importiert Funktionen, die Signaturen prüfen (${functions.join(', ')}); ob die von Updates, ist nicht gezeigt.`,
  }
}

export function decidesLater(program: string, call: string): Text {
  return {
    en: `${program} has calls that switch a check of the server on and off (${call}); which one runs is decided later.`,
    de: `${program} hat Aufrufe, die eine Prüfung des Servers ein- und ausschalten (${call}); welcher läuft, entscheidet sich später.`,
  }
}
