import type { Artefact, Check, EvidenceDraft, Fact, Facts, MapOut, ReduceOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import './facts.ts'
import { followShells } from './followed.ts'
import { consoleShell, networkShell, presentNotStarted } from './say.ts'
import { type Shell, shellOf } from './shells.ts'
import { isUnit, START_FILES, startsOf } from './starts.ts'

const PROGRAMS =
  /^(?:.*\/)?(?:usr\/)?(?:local\/)?s?bin\/((?:in\.)?u?telnetd|(?:in\.)?r(?:sh|login|exec)d|adbd)$/
/** Links by which SysV-like systems and systemd start a script or unit. */
const ENABLING =
  /^(?:.*\/)?etc\/(?:rc\.d|rc[S2345]\.d)\/S\d\d?[^/]*$|^(?:.*\/)?etc\/systemd\/system\/[^/]+\.wants\/[^/]+$/
/** Scripts that their place or their name starts: busybox runs `init.d/S??*`, and rc files run themselves. */
const BY_NAME =
  /^(?:.*\/)?etc\/(?:init\.d\/(?:S\d\d.*|rcS|rc|boot)|rc[S2345]\.d\/S\d\d.*|rc(?:\.local|S|\.sysinit|\.boot)?)$/

export const shellsCheck: Check = {
  id: 'services.shells',
  version: 2,
  title: {
    en: 'Remote and console shells that start at boot',
    de: 'Fernzugriffs- und Konsolen-Shells, die beim Start laufen',
  },
  provisions: provisions(
    ['5.5-1', '5.5-4', '5.5-5', '5.5-7', '5.6-1', '5.6-4', '5.6-5', '5.6-6'],
    ['5.5-1', '5.5-4', '5.5-5', '5.5-7', '5.6-1', '5.6-4A', '5.6-5', '5.6-6'],
  ),
  cases: cases('5.5-1-2', '5.5-4-2', '5.5-5-2', '5.5-7-2', '5.6-1-2', '5.6-4-2', '5.6-5-1', '5.6-6-1'),
  input: ['image'],
  canShow: {
    en: 'That the files from which the system is started start a shell over the network or on a console, and whether it asks who is there.',
    de: 'Dass die Dateien, aus denen das System gestartet wird, eine Shell über das Netz oder auf einer Konsole starten und ob sie nach einer Anmeldung fragt.',
  },
  cannotShow: {
    en: 'What programs start by themselves, what a firewall keeps away, and whether a console can be reached.',
    de: 'Was Programme von sich aus starten, was eine Firewall abhält und ob eine Konsole erreichbar ist.',
  },
  states: ['service.present.not-started', 'service.shell.console', 'service.shell.network'],
  wants: { paths: [...START_FILES, PROGRAMS, ENABLING] },
  needs: ['boot.file', 'boot.link', 'boot.path'],
  gives: ['service.start', 'service.enabled', 'service.program'],
  look,
  conclude,
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner, type } = artefact
  const program = PROGRAMS.exec(inner)?.[1]
  if (program !== undefined) out.fact('service.program', placeOf(artefact), { program })
  if (ENABLING.test(inner)) {
    const script = (artefact.target ?? inner).split('/').at(-1) ?? ''
    out.fact('service.enabled', placeOf(artefact), { script })
  }
  if (type !== 'file') return
  for (const start of startsOf(artefact)) {
    out.fact('service.start', placeOf(artefact, start.offset, start.text.length), {
      words: start.words.slice(0, 32),
      text: start.text,
      conditional: start.conditional,
      terminal: start.terminal ?? null,
      shell: shellOf(start) ?? null,
    })
  }
}

/** Whether something runs the file in which a start stands. */
function isEnabled({ place }: Fact<'service.start'>, enabled: ReadonlySet<string>): boolean {
  const name = place.inner.split('/').at(-1) ?? ''
  const needsLink = /(?:^|\/)etc\/(?:init\.d|rc\.d)\//.test(place.inner) || isUnit(place.inner)
  return !needsLink || BY_NAME.test(place.inner) || enabled.has(`${place.root}\n${name}`)
}

function conclude(facts: Facts, out: ReduceOut): void {
  const { shells, known } = followShells(facts)
  const started = new Set<string>()
  for (const { start } of shells) {
    const shell = start.data.shell as Shell
    if (shell.over === 'network') started.add(start.place.root)
    out.evidence(evidenceOf(start, shell, true))
  }
  const enabled = new Set(
    facts.of('service.enabled').map(({ place, data }) => `${place.root}\n${data.script}`),
  )
  const told = new Set(shells.map(({ start }) => placeKey(start)))
  for (const start of facts.of('service.start')) {
    const { shell } = start.data
    if (!shell || told.has(placeKey(start))) continue
    // Where the boot was followed, what it does not lead to is not started.
    const runs = !known.has(start.place.root) && isEnabled(start, enabled)
    if (runs && shell.over === 'network') started.add(start.place.root)
    out.evidence(evidenceOf(start, shell, runs))
  }
  const idle = Map.groupBy(
    facts.of('service.program').filter(({ place }) => !started.has(place.root)),
    ({ place }) => place.root,
  )
  for (const programs of idle.values()) out.evidence(presentNotStarted(programs))
}

function evidenceOf(start: Fact<'service.start'>, shell: Shell, runs: boolean): EvidenceDraft {
  return shell.over === 'network' ? networkShell(start, shell, runs) : consoleShell(start, shell, runs)
}

function placeKey({ place }: Fact<'service.start'>): string {
  return `${place.path}\n${place.offset}`
}
