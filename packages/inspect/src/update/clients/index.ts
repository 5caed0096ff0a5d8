import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { readShell } from '../../shell/commands.ts'
import '../../components/facts.ts'
import '../../credentials/private-keys/facts.ts'
import '../../services/boot/facts.ts'
import { lineAt } from '../mechanism/lines.ts'
import { concludeClients } from './conclude.ts'
import { CONFIGURATION_FILES, readConfiguration } from './configurations.ts'
import { CLIENTS, type ClientId } from './facts.ts'
import { supportPeriod } from './say.ts'

/** Programs of clients, by their paths; the client is called otherwise than the program where a name says so. */
const PROGRAMS =
  /^(?:.*\/)?(?:(?:usr\/|system\/)?(?:local\/)?s?bin\/(rauc|swupdate|mender|mender-update|opkg|sysupgrade|apk|apt-get|ostree|aktualizr|update_engine|easycwmpd|icwmpd|cwmpd|freecwmpd|auc|owut)|usr\/(?:libexec|lib)\/fwupd\/(fwupd))$/
const PROGRAM_NAMES: Readonly<Record<string, ClientId>> = {
  'mender-update': 'mender',
  'apt-get': 'apt',
  update_engine: 'android',
  easycwmpd: 'cwmp',
  icwmpd: 'cwmp',
  cwmpd: 'cwmp',
  freecwmpd: 'cwmp',
  auc: 'attendedsysupgrade',
  owut: 'attendedsysupgrade',
}
const CRONTABS =
  /^(?:.*\/)?(?:etc\/crontabs?\/[^/]+|etc\/crontab|etc\/cron\.d\/[^/]+|var\/spool\/cron\/(?:crontabs\/)?[^/]+)$/
const RELEASE = /^(?:.*\/)?(?:etc|usr\/lib)\/(?:os-release|openwrt_release)$/
export const clientsCheck: Check = {
  id: 'update.clients',
  version: 1,
  title: {
    en: 'Update clients and their configuration',
    de: 'Update-Programme und ihre Konfiguration',
  },
  provisions: provisions(
    ['5.3-1', '5.3-2', '5.3-4', '5.3-5', '5.3-7', '5.3-9', '5.3-10', '5.3-13', '5.5-1', '5.9-2'],
    ['5.3-1', '5.3-2', '5.3-4A', '5.3-5', '5.3-7', '5.3-9', '5.3-10', '5.3-13', '5.5-1', '5.9-2'],
  ),
  cases: cases(
    '5.3-1-1',
    '5.3-2-1',
    '5.3-4-1',
    '5.3-5-1',
    '5.3-7-1',
    '5.3-9-1',
    '5.3-10-1',
    '5.3-13-1',
    '5.5-1-2',
  ),
  input: ['image'],
  canShow: {
    en: 'Which update clients are there, and how they are configured.',
    de: 'Welche Update-Programme da sind, und wie sie konfiguriert sind.',
  },
  cannotShow: {
    en: 'That a forged update is refused on a unit, and that a client is used at all.',
    de: 'Dass ein gefälschtes Update auf einem Gerät abgewiesen wird, und dass ein Programm überhaupt benutzt wird.',
  },
  states: [
    'support.period',
    'update.client',
    'update.keyring',
    'update.signature.disabled',
    'update.signature.required',
    'update.slots',
    'update.tls.unchecked',
    'update.transport.plain-http',
  ],
  wants: { paths: [...CONFIGURATION_FILES, PROGRAMS, CRONTABS, RELEASE] },
  needs: ['boot.file', 'boot.link', 'boot.path', 'component.packages', 'key.private', 'key.public'],
  gives: ['update.client', 'update.part', 'update.program', 'update.schedule'],
  look,
  conclude: concludeClients,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner } = artefact
  const [, program = '', other = ''] = PROGRAMS.exec(inner) ?? []
  const client = PROGRAM_NAMES[program] ?? CLIENTS.find((one) => one === program || one === other)
  if (client !== undefined) out.fact('update.program', placeOf(artefact), { client })
  if (artefact.type !== 'file') return
  const configuration = readConfiguration(artefact)
  if (configuration) out.fact('update.client', placeOf(artefact), configuration)
  if (CRONTABS.test(inner)) lookAtCrontab(artefact, out)
  if (RELEASE.test(inner)) lookAtRelease(artefact, out)
}

function lookAtCrontab(artefact: Artefact, out: MapOut): void {
  const pattern = /^[ \t]*(?:@\w+|(?:[\d*,/A-Za-z-]+[ \t]+){5})[ \t]*(\S.*)$/gm
  const whole = artefact.text()
  for (const match of whole.matchAll(pattern)) {
    const text = match[0]
    if (text.trimStart().startsWith('#')) continue
    const words = readShell(match[1] as string).flatMap((command) => command.words)
    out.fact('update.schedule', placeOf(artefact, match.index, text.length), {
      words: words.slice(0, 32),
      text,
      line: lineAt(whole, match.index + text.search(/\S/)),
    })
  }
}

function lookAtRelease(artefact: Artefact, out: MapOut): void {
  const match = /^(?:[A-Z_]*)SUPPORT_END(?:_DATE)?=["']?(\d{4}-\d{2}(?:-\d{2})?)/m.exec(artefact.text())
  if (match) out.evidence(supportPeriod(placeOf(artefact, match.index, match[0].length), match[1] as string))
}
