import type { Text } from '@messlatte/model'
import { encodeText } from '@messlatte/unpack'
import type { EvidenceDraft, Facts, Place, ReduceOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { daemonOf } from './daemons.ts'
import { type BootResult, followBoots } from './graph.ts'
import type { BootService } from './service.ts'
import { baseName } from './words.ts'

const MOST_LISTED = 100

/** For each root file system: what listens, and what could and is not started. */
export function concludeBoot(facts: Facts, out: ReduceOut): void {
  for (const boot of followBoots(facts)) {
    const listening = boot.services.filter(({ listens, missing }) => listens.length > 0 && !missing)
    const place = listening.find((service) => service.place)?.place
    if (place) out.evidence(listeningEvidence(listening, place))
    // Where nothing was seen to start, nothing can be said of what does not.
    if (boot.services.length === 0) continue
    const idle = idleDaemons(boot)
    if (idle[0]) out.evidence(idleEvidence(idle, idle[0].place))
  }
}

function listeningEvidence(services: readonly BootService[], place: Place): EvidenceDraft {
  const count = services.length
  return {
    kind: 'service.network.listening',
    polarity: 'neutral',
    provisions: provisions(['5.6-1', '5.6-5']),
    cases: cases('5.6-1-2', '5.6-5-1'),
    place,
    title: {
      en: count === 1 ? 'One service listens on the network' : `${count} services listen on the network`,
      de: count === 1 ? 'Ein Dienst lauscht im Netz' : `${count} Dienste lauschen im Netz`,
    },
    observation: {
      services: services.slice(0, MOST_LISTED).map(({ words, listens, conditions, chain }) => ({
        command: encodeText(words.join(' ')),
        ports: listens.map(({ protocol, port }) => `${port}/${protocol}`),
        conditions: conditions.map((condition) => encodeText(condition)),
        startedBy: chain.map((path) => encodeText(path)),
      })),
      repeat: 'ss -tulpn on a running unit',
    },
    confidence: { grade: 'medium', reason: FOLLOWED },
  }
}

interface Idle {
  readonly program: string
  readonly place: Place
}

function idleDaemons({ system, services }: BootResult): readonly Idle[] {
  const started = new Set(services.map(({ name }) => name))
  return ['/usr/sbin', '/usr/bin', '/sbin', '/bin', '/usr/local/sbin', '/usr/local/bin']
    .flatMap((folder) => system.list(folder).map((name) => `${folder}/${name}`))
    .flatMap((path): Idle[] => {
      const program = baseName(path)
      const entry = system.here(path)
      const serves = (daemonOf(program)?.listens.length ?? 0) > 0
      return serves && entry && !started.has(program) ? [{ program, place: entry.place }] : []
    })
}

function idleEvidence(idle: readonly Idle[], place: Place): EvidenceDraft {
  return {
    kind: 'service.network.installed',
    polarity: 'neutral',
    provisions: provisions(['5.6-6']),
    cases: cases('5.6-6-1'),
    place,
    title: {
      en: 'Network services are installed, and nothing was found that starts them',
      de: 'Netzwerkdienste sind installiert, und es fand sich nichts, was sie startet',
    },
    observation: {
      programs: idle.slice(0, MOST_LISTED).map((one) => ({ program: one.program, path: one.place.inner })),
    },
    confidence: { grade: 'medium', reason: FOLLOWED },
  }
}

const FOLLOWED: Text = {
  en: 'The files of the boot were followed; programs can start others without a trace in them, and ports are those of the programs or of their options.',
  de: 'Die Dateien des Systemstarts wurden verfolgt; Programme können andere ohne Spur darin starten, und Ports sind die der Programme oder ihrer Optionen.',
}
