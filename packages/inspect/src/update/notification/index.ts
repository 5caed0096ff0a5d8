import type { PartData, Text } from '@messlatte/model'
import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import type { Client } from '../mechanism/facts.ts'
import '../mechanism/facts.ts'
import { lineAt } from '../mechanism/lines.ts'

type Notification = Extract<PartData, { id: 'notification' }>

/** What pages say that tell of updates; each stands in them as it is shown. */
const SENTENCES: readonly { readonly text: string; readonly tells: Notification['tells'] }[] = [
  { text: 'ew firmware', tells: 'available' },
  { text: 'ew Firmware', tells: 'available' },
  { text: 'irmware update available', tells: 'available' },
  { text: 'irmware update is available', tells: 'available' },
  { text: 'pdate available', tells: 'available' },
  { text: 'pdate is available', tells: 'available' },
  { text: 'eue Firmware', tells: 'available' },
  { text: 'irmware-Update verf', tells: 'available' },
  { text: 'ecurity update', tells: 'risk' },
  { text: 'icherheitsupdate', tells: 'risk' },
  { text: 'o not turn off', tells: 'disruption' },
  { text: 'o not power off', tells: 'disruption' },
  { text: 'o not unplug', tells: 'disruption' },
  { text: 'o not switch off', tells: 'disruption' },
  { text: 'ill be restarted', tells: 'disruption' },
  { text: 'ill reboot', tells: 'disruption' },
  { text: 'wird neu gestartet', tells: 'disruption' },
]
const LITERALS = SENTENCES.map(({ text }) => text)

/** What is shown by a web server of the device. */
const PAGES =
  /^(?:.*\/)?(?:www|web|webs|htdocs|html|webroot|home\/httpd|usr\/share\/(?:www|nginx|swupdate\/www)|usr\/lib\/lua\/luci)\/.*\.(?:html?|js|asp|php|lua|json|xml|lng|lang)$/
/** Of updates, in the same page. */
const ABOUT = /firmware|upgrade|update/i
const MOST_TEXT = 1024 * 1024
const MOST_SENTENCE = 120
const LOGIN = /^(?:.*\/)?etc\/update-motd\.d\/\d*-?(unattended-upgrades|fwupd|apt|updates-available)[\w-]*$/

export const notificationCheck: Check = {
  id: 'update.notification',
  version: 1,
  title: { en: 'How people get to know of updates', de: 'Wie Menschen von Updates erfahren' },
  provisions: provisions(['5.3-6', '5.3-11', '5.3-12'], ['5.3-6B', '5.3-11', '5.3-12']),
  cases: cases('5.3-6-1', '5.3-11-1', '5.3-12-1'),
  input: ['image'],
  canShow: {
    en: 'That pages of the device, or what it shows at a login, have sentences that tell of an update.',
    de: 'Dass Seiten des Geräts, oder was es bei einer Anmeldung zeigt, Sätze enthalten, die von einem Update berichten.',
  },
  cannotShow: {
    en: 'When they are shown, whether an app or a mail tells the same, and what a server sends.',
    de: 'Wann sie gezeigt werden, ob eine App oder eine E-Mail dasselbe meldet, und was ein Server schickt.',
  },
  states: [],
  wants: { paths: [LOGIN], literals: true },
  literals: LITERALS,
  gives: ['update.part'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, type, bytes, hits } = artefact
  if (type !== 'file' || bytes.size > MOST_TEXT) return
  const [, subject] = LOGIN.exec(inner) ?? []
  if (subject !== undefined) {
    giveLogin(artefact, subject, out)
    return
  }
  if (hits.length === 0 || !PAGES.test(inner)) return
  const text = artefact.text()
  if (!ABOUT.test(text)) return
  for (const tells of ['available', 'risk', 'disruption'] as const) {
    const hit = hits.find(({ literal }) =>
      SENTENCES.some((one) => one.text === literal && one.tells === tells),
    )
    if (hit) giveSentence(artefact, text, hit.offset, tells, out)
  }
}

const SAID: Readonly<Record<'available' | 'disruption' | 'risk', Text>> = {
  available: { en: 'tells that an update is there', de: 'meldet, dass ein Update da ist' },
  disruption: { en: 'tells of what an update interrupts', de: 'meldet, was ein Update unterbricht' },
  risk: { en: 'tells of security updates', de: 'berichtet von Sicherheitsupdates' },
}

function giveSentence(
  artefact: Artefact,
  text: string,
  at: number,
  tells: keyof typeof SAID,
  out: MapOut,
): void {
  const { start, sentence } = sentenceAt(text, at)
  out.fact('update.part', placeOf(artefact, start, sentence.length), {
    part: { id: 'notification', channel: 'web-page', tells },
    client: undefined,
    statement: {
      en: `A page of the device ${SAID[tells].en}: “${sentence}”.`,
      de: `Eine Seite des Geräts ${SAID[tells].de}: „${sentence}“.`,
    },
    polarity: 'neutral',
    confidence: {
      grade: 'low',
      reason: {
        en: 'The sentence stands in the page; when it is shown, the image does not tell.',
        de: 'Der Satz steht in der Seite; wann er gezeigt wird, sagt das Image nicht.',
      },
    },
    how: 'script',
    line: lineAt(text, start),
    observation: { sentence, repeat: `grep -n '${sentence.replaceAll("'", '.')}' ${artefact.inner}` },
  })
}

/** The words around a place, up to what ends a string or an element. */
function sentenceAt(text: string, at: number): { readonly start: number; readonly sentence: string } {
  const before = /[^"'`<>\n\\{}]*$/.exec(text.slice(Math.max(0, at - MOST_SENTENCE), at))?.[0] ?? ''
  const behind = /^[^"'`<>\n\\{}]*/.exec(text.slice(at, at + MOST_SENTENCE))?.[0] ?? ''
  const whole = `${before}${behind}`
  const start = at - before.length + (whole.length - whole.trimStart().length)
  return {
    start,
    sentence: whole
      .trim()
      .replace(/[^\x20-\x7e]+/g, '…')
      .replace(/[.!…]+$/, ''),
  }
}

const CLIENTS: Readonly<Record<string, Client>> = {
  fwupd: { id: 'fwupd', title: { en: 'fwupd', de: 'fwupd' } },
}
const APT: Client = { id: 'apt', title: { en: 'apt', de: 'apt' } }

function giveLogin(artefact: Artefact, subject: string, out: MapOut): void {
  const client = CLIENTS[subject] ?? APT
  out.fact('update.part', placeOf(artefact), {
    part: { id: 'notification', channel: 'login', tells: 'available' },
    client,
    statement: {
      en: `A script for the message at a login tells of updates (${artefact.name}).`,
      de: `Ein Skript für die Meldung bei einer Anmeldung berichtet von Updates (${artefact.name}).`,
    },
    polarity: 'neutral',
    confidence: {
      grade: 'medium',
      reason: {
        en: 'Such scripts are run where pam_motd is set up; whether it is, was not looked at.',
        de: 'Solche Skripte laufen, wo pam_motd eingerichtet ist; ob es das ist, wurde nicht geprüft.',
      },
    },
    how: 'script',
    line: 1,
    observation: { repeat: `cat ${artefact.inner}` },
  })
}
