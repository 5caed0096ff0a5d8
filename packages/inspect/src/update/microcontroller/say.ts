import type { Confidence, Text } from '@messlatte/model'

export const TEXT_ONLY: Confidence = {
  grade: 'low',
  reason: {
    en: 'Only texts in the firmware show it; a text is no call.',
    de: 'Nur Texte in der Firmware zeigen es; ein Text ist kein Aufruf.',
  },
}

export const COMPILED_IN: Confidence = {
  grade: 'medium',
  reason: {
    en: 'A sentence says so that is compiled in for this configuration only.',
    de: 'Ein Satz sagt es, der nur für diese Konfiguration eingebaut wird.',
  },
}

export const IN_TABLE: Confidence = {
  grade: 'high',
  reason: {
    en: 'It stands in the partition table of the release.',
    de: 'Es steht in der Partitionstabelle des Release.',
  },
}

export const IN_DESCRIPTOR: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The number stands in the application; what is compared with it lies in the fuses of the chip.',
    de: 'Die Zahl steht in der Anwendung; womit sie verglichen wird, liegt in den Fuses des Chips.',
  },
}

export const IN_SETTINGS: Confidence = {
  grade: 'low',
  reason: {
    en: 'A configuration of a build says so; whether the release was built with it is not shown.',
    de: 'Eine Build-Konfiguration sagt es; ob das Release damit gebaut wurde, ist nicht gezeigt.',
  },
}

export const STORED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'It is stored under a name that speaks of updates or addresses.',
    de: 'Es ist unter einem Namen gespeichert, der von Updates oder Adressen spricht.',
  },
}

export const RECORDED: Confidence = {
  grade: 'medium',
  reason: {
    en: 'The record in the flash says so.',
    de: 'Der Eintrag im Flash sagt es.',
  },
}

export const UNSIGNED_ITSELF: Confidence = {
  grade: 'low',
  reason: {
    en: 'An application that demands signatures of updates is signed itself; this file may be from before it was signed.',
    de: 'Eine Anwendung, die Signaturen von Updates verlangt, ist selbst signiert; diese Datei kann aus der Zeit davor stammen.',
  },
}

export function agent(title: string): Text {
  return {
    en: `The firmware has a text that belongs to the update client ${title}.`,
    de: `Die Firmware enthält einen Text, der zum Update-Client ${title} gehört.`,
  }
}

export function address(url: string): Text {
  return {
    en: `An address that speaks of firmware stands in the firmware: ${url}.`,
    de: `In der Firmware steht eine Adresse, die von Firmware spricht: ${url}.`,
  }
}

export function storedAddress(key: string, url: string): Text {
  return {
    en: `The setting ${key} holds an address that speaks of firmware: ${url}.`,
    de: `Die Einstellung ${key} enthält eine Adresse, die von Firmware spricht: ${url}.`,
  }
}

export function way(title: string, protocol: string): Text {
  return {
    en: `${title} takes updates over ${protocol}; the address is not in the texts.`,
    de: `${title} nimmt Updates über ${protocol} entgegen; die Adresse steht nicht in den Texten.`,
  }
}

export const PLAIN: Text = {
  en: 'An address of firmware uses plain HTTP: whoever is on the way can change what is sent.',
  de: 'Eine Firmware-Adresse nutzt einfaches HTTP: Wer auf dem Weg sitzt, kann das Gesendete ändern.',
}

export const PLAIN_OVERTURNED: Text = {
  en: 'Proof that this address is not used for updates, or that an update with one changed byte is refused.',
  de: 'Der Nachweis, dass diese Adresse nicht für Updates verwendet wird oder dass ein Update mit einem geänderten Byte abgewiesen wird.',
}

export const SERVER_DEMANDED: Text = {
  en: 'The update client refuses to connect where it was given nothing to check the server with.',
  de: 'Der Update-Client verbindet sich nicht, wenn er nichts hat, womit er den Server prüfen kann.',
}

export const SERVER_OPTIONAL: Text = {
  en: 'The update client is built to go on without a check of the server (Allow HTTP for OTA).',
  de: 'Der Update-Client ist so gebaut, dass er auch ohne Prüfung des Servers fortfährt (Allow HTTP for OTA).',
}

export const SIGNED_ON_UPDATE: Text = {
  en: 'The application verifies the signature of an update before it is started.',
  de: 'Die Anwendung prüft die Signatur eines Updates, bevor es gestartet wird.',
}

export const DIGEST_ONLY: Text = {
  en: 'The application is not signed; what writes an update then compares its checksum and digest only.',
  de: 'Die Anwendung ist nicht signiert; beim Schreiben eines Updates werden dann nur Prüfsumme und Hash verglichen.',
}

export const MD5_ONLY: Text = {
  en: 'The Update library of Arduino compares an MD5 sum; no text of its signature check is there.',
  de: 'Die Update-Bibliothek von Arduino vergleicht eine MD5-Summe; ein Text ihrer Signaturprüfung fehlt.',
}

export function slots(labels: readonly string[]): Text {
  const names = labels.join(', ')
  return {
    en: `There are ${labels.length} slots for applications (${names}) and a record of which one starts: an update is written beside the running one.`,
    de: `Es gibt ${labels.length} Slots für Anwendungen (${names}) und einen Eintrag, welcher startet: Ein Update wird neben die laufende geschrieben.`,
  }
}

export function slotBesideFactory(factory: string, slot: string): Text {
  return {
    en: `There is one slot for updates (${slot}) beside the application of the factory (${factory}), which ESP-IDF's functions leave as it is.`,
    de: `Es gibt einen Slot für Updates (${slot}) neben der Anwendung ab Werk (${factory}), die die Funktionen von ESP-IDF nicht anfassen.`,
  }
}

export const NO_SLOT: Text = {
  en: 'The partition table has no slot for an update beside the one application: the functions of ESP-IDF have nowhere to write it.',
  de: 'Die Partitionstabelle hat keinen Slot für ein Update neben der einen Anwendung: Die Funktionen von ESP-IDF können es nirgends hinschreiben.',
}

export const NO_RECORD: Text = {
  en: 'The partition table has slots for applications, but no partition (otadata) that records which one starts.',
  de: 'Die Partitionstabelle hat Slots für Anwendungen, aber keine Partition (otadata), die festhält, welcher startet.',
}

export const HAS_TO_CONFIRM: Text = {
  en: 'The record of the slots says that an updated application has to confirm itself, or the former one is started again.',
  de: 'Der Eintrag der Slots sagt, dass sich eine aktualisierte Anwendung bestätigen muss, sonst startet wieder die vorige.',
}

export function secureVersion(value: number, compared: boolean): Text {
  if (!compared)
    return {
      en: `The application has the security version ${value}; nothing shows that older ones are refused.`,
      de: `Die Anwendung hat die Sicherheitsversion ${value}; nichts zeigt, dass ältere abgewiesen werden.`,
    }
  return value > 0
    ? {
        en: `The application has the security version ${value}, and refuses updates below the version in the fuses.`,
        de: `Die Anwendung hat die Sicherheitsversion ${value} und weist Updates unter der Version in den Fuses ab.`,
      }
    : {
        en: 'The application compares security versions with the fuses; its own is 0, below which there is none.',
        de: 'Die Anwendung vergleicht Sicherheitsversionen mit den Fuses; ihre eigene ist 0, darunter gibt es keine.',
      }
}

export const SWAPS: Text = {
  en: 'MCUboot swaps two slots: an update that is on trial and does not confirm itself is swapped back.',
  de: 'MCUboot tauscht zwei Slots: Ein Update auf Probe, das sich nicht bestätigt, wird zurückgetauscht.',
}

export const OVERWRITES: Text = {
  en: 'MCUboot copies the second slot over the first: there is no way back to the former application.',
  de: 'MCUboot kopiert den zweiten Slot über den ersten: Einen Weg zurück zur vorigen Anwendung gibt es nicht.',
}

export const IN_SLOT: Text = {
  en: 'The image lies in a slot of MCUboot, with the record at its end.',
  de: 'Das Abbild liegt in einem Slot von MCUboot, mit dem Eintrag an dessen Ende.',
}

export const DOWNGRADE_REFUSED: Text = {
  en: 'MCUboot erases an update that has a lower version than what is installed.',
  de: 'MCUboot löscht ein Update, das eine niedrigere Version hat als das Installierte.',
}

export function counter(value: number): Text {
  return {
    en: `The image has the security counter ${value}; whether the boot loader compares it is not shown.`,
    de: `Das Abbild hat den Sicherheitszähler ${value}; ob der Bootloader ihn vergleicht, ist nicht gezeigt.`,
  }
}

export function reachesApplication(labels: readonly string[]): Text {
  return {
    en: `An update client and room for updates are there: the application can be replaced (${labels.join(', ')}).`,
    de: `Ein Update-Client und Platz für Updates sind da: Die Anwendung lässt sich ersetzen (${labels.join(', ')}).`,
  }
}

export const LOADER_NOT_SEEN: Text = {
  en: 'The boot loader is in the release, and nothing in the partition table lets an update reach it.',
  de: 'Der Bootloader ist im Release, und nichts in der Partitionstabelle lässt ein Update ihn erreichen.',
}

export const BY_WHAT_IS_THERE: Confidence = {
  grade: 'low',
  reason: {
    en: 'What the server is checked with follows from what is in the firmware: a bundle of authorities, or certificates of its own.',
    de: 'Womit der Server geprüft wird, folgt aus dem, was in der Firmware liegt: ein Bündel von Zertifizierungsstellen oder eigene Zertifikate.',
  },
}

export const TEXT_AND_TABLE: Confidence = {
  grade: 'low',
  reason: {
    en: 'An update client is in the texts of the firmware, and the partition table has room; a text is no call.',
    de: 'In den Texten der Firmware steht ein Update-Client, und die Partitionstabelle hat Platz; ein Text ist kein Aufruf.',
  },
}

export const LOADER_VERIFIES: Text = {
  en: 'MCUboot has a key built in, with which it verifies an image before it installs it.',
  de: 'MCUboot hat einen Schlüssel eingebaut, mit dem es ein Abbild vor der Installation prüft.',
}
