import type { Text } from '@messlatte/model'
import type { Answer } from '@messlatte/portfolio'

/** To whom a letter goes. */
export type Audience = 'customer' | 'channel' | 'supplier'

export const INTRO: Readonly<Record<Audience, Text>> = {
  customer: {
    en: 'You asked for, or are owed, the units below. This is their status under the rules that open or close their market, as seen on {day}.',
    de: 'Sie haben die unten genannten Geräte angefragt, oder sie sind Ihnen zugesagt. Dies ist ihr Stand unter den Regeln, die ihren Markt öffnen oder verschließen, gesehen am {day}.',
  },
  channel: {
    en: 'You sell the units below, or will. This is their status under the rules that open or close their market, as seen on {day}, batch by batch: the law counts units, not models.',
    de: 'Sie vertreiben die unten genannten Geräte oder werden es tun. Dies ist ihr Stand unter den Regeln, die ihren Markt öffnen oder verschließen, gesehen am {day}, Charge für Charge: Das Recht zählt Geräte, nicht Modelle.',
  },
  supplier: {
    en: 'Your modules are in the units below. This is the status of their supplies, as seen on {day}, and what of it rests on your firmware.',
    de: 'Ihre Module stecken in den unten genannten Geräten. Dies ist der Stand ihrer Lieferungen, gesehen am {day}, und was davon auf Ihrer Firmware beruht.',
  },
}

/** What an answer means for whoever reads the letter. */
export const MEANS: Readonly<Record<Audience, Readonly<Record<Answer, Text>>>> = {
  customer: {
    barred: {
      en: 'These units cannot be placed on the day planned. We will tell you what takes their place.',
      de: 'Diese Geräte können am geplanten Tag nicht in Verkehr gebracht werden. Wir sagen Ihnen, was an ihre Stelle tritt.',
    },
    'barred-as-reported': {
      en: 'Should the reported rule come as reported, these units cannot be placed on the day planned. Today it is not law.',
      de: 'Kommt die berichtete Regel so wie berichtet, können diese Geräte am geplanten Tag nicht in Verkehr gebracht werden. Heute ist sie kein Recht.',
    },
    'at-risk': {
      en: 'Something on these units is not settled yet; we are working on it and will tell you when it is.',
      de: 'Zu diesen Geräten ist etwas noch nicht geklärt; wir arbeiten daran und melden uns, sobald es das ist.',
    },
    'not-assessed': {
      en: 'We cannot say yet: proof of a day, a firmware release or evidence is missing.',
      de: 'Wir können es noch nicht sagen: Es fehlt der Nachweis eines Tages, eine Firmware oder es fehlen Befunde.',
    },
    'no-obstacle': {
      en: 'We found no obstacle to these units under the rules named. That is no clearance by an authority.',
      de: 'Wir haben unter den genannten Regeln kein Hindernis für diese Geräte gefunden. Das ist keine Freigabe durch eine Behörde.',
    },
    outside: {
      en: 'The rules do not look at these units.',
      de: 'Die Regeln fragen nicht nach diesen Geräten.',
    },
  },
  channel: {
    barred: {
      en: 'Do not plan with these units: they are not to be placed on the market.',
      de: 'Bitte planen Sie nicht mit diesen Geräten: Sie sind nicht in Verkehr zu bringen.',
    },
    'barred-as-reported': {
      en: 'Plan for the case that these units cannot be placed on the market; the rule is reported and not confirmed.',
      de: 'Bitte rechnen Sie damit, dass diese Geräte nicht in Verkehr gebracht werden können; die Regel ist berichtet und nicht bestätigt.',
    },
    'at-risk': {
      en: 'Do not promise these units for after the cut-off before we have told you how it ends.',
      de: 'Bitte sagen Sie diese Geräte für die Zeit nach dem Stichtag nicht zu, bevor wir Ihnen das Ergebnis gemeldet haben.',
    },
    'not-assessed': {
      en: 'Keep the papers that show when you received these units, with batch or serial numbers: they decide.',
      de: 'Bitte bewahren Sie die Unterlagen auf, aus denen hervorgeht, wann Sie diese Geräte erhalten haben, mit Chargen- oder Seriennummern: Sie entscheiden.',
    },
    'no-obstacle': {
      en: 'We found no obstacle to these units under the rules named. Your own duties as a distributor stay.',
      de: 'Wir haben unter den genannten Regeln kein Hindernis für diese Geräte gefunden. Ihre eigenen Pflichten als Händler bleiben.',
    },
    outside: {
      en: 'A cut-off for placing does not stop the sale of these units. Keep the proof of the day with the batch.',
      de: 'Ein Stichtag für das Inverkehrbringen hindert den Verkauf dieser Geräte nicht. Bitte bewahren Sie den Nachweis des Tages bei der Charge auf.',
    },
  },
  supplier: {
    barred: {
      en: 'These supplies do not take place with the firmware as it is.',
      de: 'Mit der Firmware, wie sie ist, finden diese Lieferungen nicht statt.',
    },
    'barred-as-reported': {
      en: 'Should the reported rule come as reported, these supplies do not take place with the firmware as it is.',
      de: 'Kommt die berichtete Regel so wie berichtet, finden diese Lieferungen mit der Firmware, wie sie ist, nicht statt.',
    },
    'at-risk': {
      en: 'What is not settled is in our request; these supplies wait for it.',
      de: 'Was nicht geklärt ist, steht in unserer Anforderung; diese Lieferungen warten darauf.',
    },
    'not-assessed': {
      en: 'Without your firmware or its evidence we can say nothing about these supplies.',
      de: 'Ohne Ihre Firmware oder ihre Befunde können wir zu diesen Lieferungen nichts sagen.',
    },
    'no-obstacle': {
      en: 'Nothing is needed from you for these supplies now.',
      de: 'Für diese Lieferungen brauchen wir von Ihnen derzeit nichts.',
    },
    outside: {
      en: 'Nothing is needed from you for these supplies.',
      de: 'Für diese Lieferungen brauchen wir von Ihnen nichts.',
    },
  },
}

export const LETTER_WORDS = {
  titleProduct: { en: 'Status of {subject}', de: 'Stand zu {subject}' },
  titleTender: { en: 'Status of the deliveries to {subject}', de: 'Stand der Lieferungen zu {subject}' },
  draft: {
    en: 'Draft. Whoever sends it answers for it.',
    de: 'Entwurf. Wer ihn versendet, steht für ihn ein.',
  },
  address: { en: 'To be filled in: sender and recipient', de: 'Einzutragen: Absender und Empfänger' },
  salutation: { en: 'Dear Sir or Madam,', de: 'Sehr geehrte Damen und Herren,' },
  greeting: { en: 'Yours faithfully', de: 'Mit freundlichen Grüßen' },
  status: { en: 'Status', de: 'Stand' },
  article: { en: 'Article, batch', de: 'Artikel, Charge' },
  supply: { en: 'Supply', de: 'Vorgang' },
  units: { en: 'Units', de: 'Geräte' },
  answer: { en: 'Answer', de: 'Antwort' },
  moreRows: { en: '… and {count} more rows', de: '… und {count} weitere Zeilen' },
  means: { en: 'What this means for you', de: 'Was das für Sie bedeutet' },
  confirmed: { en: 'What is confirmed', de: 'Was bestätigt ist' },
  lawLine: {
    en: 'Law: {title} ({status}).',
    de: 'Recht: {title} ({status}).',
  },
  noLaw: {
    en: 'No law that we know governs these supplies.',
    de: 'Kein uns bekanntes Recht regelt diese Lieferungen.',
  },
  seenLine: {
    en: 'The firmware {version} of module {module} was looked at: {count} observations, in the file with SHA-256 {digest}. That does not show that any unit runs it.',
    de: 'Die Firmware {version} des Moduls {module} wurde angesehen: {count} Befunde, in der Datei mit SHA-256 {digest}. Das zeigt nicht, dass ein Gerät sie ausführt.',
  },
  unseenLine: {
    en: 'The firmware {version} of module {module} was not looked at.',
    de: 'Die Firmware {version} des Moduls {module} wurde nicht angesehen.',
  },
  proofLine: {
    en: '{batch}: placed on {day}; the document “{proof}” is named as proof.',
    de: '{batch}: in Verkehr gebracht am {day}; als Nachweis ist das Dokument „{proof}“ genannt.',
  },
  reported: { en: 'What has only been reported', de: 'Was nur berichtet wurde' },
  reportedNote: {
    en: 'Answers under these rules say what would hold if they came as reported. They are not law, and this letter does not cite them as law.',
    de: 'Antworten unter diesen Regeln sagen, was gälte, wenn sie so kämen wie berichtet. Sie sind kein Recht, und dieses Schreiben führt sie nicht als Recht an.',
  },
  analysis: { en: 'What is our analysis', de: 'Was unsere Analyse ist' },
  analysisNote: {
    en: 'The answers above, and what leads from observations to the numbers of a rule, are our own work unless a source is named.',
    de: 'Die Antworten oben und der Weg von Befunden zu den Nummern einer Regel sind unsere eigene Arbeit, sofern keine Quelle genannt ist.',
  },
  open: { en: 'What is not settled', de: 'Was nicht geklärt ist' },
  openModules: {
    en: '{count} points on module {module}; the request lists them.',
    de: '{count} Punkte zu Modul {module}; die Anforderung führt sie auf.',
  },
  change: { en: 'What would change it', de: 'Was es ändern würde' },
  none: { en: 'Nothing.', de: 'Nichts.' },
} as const satisfies Readonly<Record<string, Text>>
