import type { Fact, Facts, Place, ReduceOut } from '../../contract.ts'
import type { BlockAlgorithm, EspImageFact, Trace } from '../../secure-boot/esp/facts.ts'
import { type Found, giveAnchors, type PublicKey } from '../mechanism/anchor.ts'
import type { Client, PartFact } from '../mechanism/facts.ts'
import { givePart } from './give.ts'
import { publicKeyAt } from './keys.ts'
import * as say from './say.ts'
import { type AgentSign, agentOf, clientOf, type SignId } from './signs.ts'

/** Clients that write through ESP-IDF's functions, and take whatever signature check these were built with. */
const OF_ESP_IDF: ReadonlySet<string> = new Set(['esp-https-ota', 'esp-ota', 'esp-rainmaker'])
/** Clients that also take an address without TLS, without being built for it. */
const TAKES_HTTP: ReadonlySet<string> = new Set(['arduino-http-update', 'tasmota'])
const SIGNED: readonly Trace[] = [
  'app-takes-key-from-fuses',
  'app-takes-key-from-itself',
  'app-expects-secure-boot',
]

interface Firmware {
  readonly texts: Fact<'update.firmware-texts'>
  /** With the whole device as its root. */
  readonly place: Place
  /** Undefined for firmware of other families. */
  readonly image: EspImageFact | undefined
  readonly facts: Facts
}

/** What the texts of one firmware tell, by client. */
export function giveAgents(firmware: Firmware, out: ReduceOut): readonly AgentSign[] {
  const { texts, image } = firmware
  const all = texts.data.signs.flatMap(({ id }) => agentOf(id) ?? [])
  // The others write through it.
  const agents = all.length > 1 ? all.filter(({ id }) => id !== 'esp-ota') : all
  for (const agent of agents) {
    const client = clientOf(agent)
    const place = at(firmware, agent.id as SignId)
    const version = image && OF_ESP_IDF.has(agent.id) && image.idfVersion !== '' ? image.idfVersion : null
    givePart(
      out,
      place,
      { id: 'agent', version, program: null, started: 'unknown' },
      { client, statement: say.agent(agent.title), ...textOnly(agent.literals) },
    )
    givePackageCheck(firmware, agent, out)
    giveServerCheck(firmware, agent, out)
  }
  giveSources(firmware, agents, out)
  return agents
}

function giveSources(firmware: Firmware, agents: readonly AgentSign[], out: ReduceOut): void {
  const { addresses } = firmware.texts.data
  const remote = agents.filter(({ source }) => source === undefined || source.way === 'remote')
  const [only] = remote.length === 1 ? remote : []
  const client = only && clientOf(only)
  for (const { url, scheme, offset, length } of addresses) {
    const place = { ...firmware.place, offset, length }
    givePart(
      out,
      place,
      { id: 'source', way: 'remote', protocol: scheme, address: url },
      { client, statement: say.address(url), ...textOnly([url]) },
    )
    // Without a client nothing says that something is fetched from there.
    if (scheme === 'http' && agents.length > 0) givePlain(firmware, agents, place, client, out)
  }
  for (const agent of agents) {
    const { source, title, literals } = agent
    if (!source || (source.way === 'remote' && addresses.length > 0)) continue
    givePart(
      out,
      at(firmware, agent.id as SignId),
      { id: 'source', ...source, address: null },
      { client: clientOf(agent), statement: say.way(title, source.protocol), ...textOnly(literals) },
    )
  }
}

function givePlain(
  firmware: Firmware,
  agents: readonly AgentSign[],
  place: Place,
  client: PartFact['client'],
  out: ReduceOut,
): void {
  const taken = has(firmware, 'esp-server-check-optional') || agents.some(({ id }) => TAKES_HTTP.has(id))
  const against = taken && !isVerified(firmware)
  givePart(
    out,
    place,
    { id: 'transport', checks: 'none', authorities: null },
    {
      client,
      statement: say.PLAIN,
      polarity: against ? 'against' : 'neutral',
      ...textOnly(['http://']),
      ...(against ? { overturnedBy: say.PLAIN_OVERTURNED } : {}),
    },
  )
}

function giveServerCheck(firmware: Firmware, agent: AgentSign, out: ReduceOut): void {
  if (agent.id !== 'esp-https-ota') return
  const client = clientOf(agent)
  const bundle = has(firmware, 'esp-bundle')
  const own = firmware.texts.data.certificates.length > 0
  if (has(firmware, 'esp-server-check-demanded')) {
    givePart(
      out,
      at(firmware, 'esp-server-check-demanded'),
      {
        id: 'transport',
        checks: bundle === own ? 'unknown' : own ? 'pinned' : 'bundle',
        authorities: null,
      },
      {
        client,
        statement: say.SERVER_DEMANDED,
        confidence: bundle === own ? say.COMPILED_IN : say.BY_WHAT_IS_THERE,
        how: 'program',
        observation: {
          bundleOfAuthorities: bundle,
          ownCertificates: [...firmware.texts.data.certificates],
          repeat: 'strings -t d FILE',
        },
      },
    )
  }
  if (has(firmware, 'esp-server-check-optional')) {
    givePart(
      out,
      at(firmware, 'esp-server-check-optional'),
      { id: 'transport', checks: 'unknown', authorities: null },
      {
        client,
        statement: say.SERVER_OPTIONAL,
        confidence: say.COMPILED_IN,
        how: 'program',
        observation: { repeat: 'strings -t d FILE' },
      },
    )
  }
}

function givePackageCheck(firmware: Firmware, agent: AgentSign, out: ReduceOut): void {
  const client = clientOf(agent)
  const { image, place } = firmware
  if (isVerified(firmware)) {
    givePart(
      out,
      place,
      { id: 'packageCheck', checks: 'required', key: null },
      {
        client,
        statement: say.SIGNED_ON_UPDATE,
        confidence: say.COMPILED_IN,
        how: 'program',
        observation: { traces: [...(image?.traces ?? [])], repeat: 'strings -t d FILE' },
      },
    )
    giveOwnKeys(firmware, client, out)
  } else if (
    agent.id === 'arduino-update' &&
    has(firmware, 'arduino-md5') &&
    !has(firmware, 'arduino-signature')
  ) {
    givePart(
      out,
      at(firmware, 'arduino-md5'),
      { id: 'packageCheck', checks: 'checksum', key: null },
      { client, statement: say.MD5_ONLY, ...textOnly(['MD5 Check Failed']) },
    )
  } else if (image && OF_ESP_IDF.has(agent.id) && isUnsigned(image)) {
    givePart(
      out,
      place,
      { id: 'packageCheck', checks: 'checksum', key: null },
      {
        client,
        statement: say.DIGEST_ONLY,
        confidence: say.UNSIGNED_ITSELF,
        how: 'program',
        observation: { repeat: 'espsecure signature-info-v2 IMAGE' },
      },
    )
  }
}

const KEYS: Readonly<Record<BlockAlgorithm, readonly [algorithm: string, bits: number]>> = {
  'rsa-3072-pss': ['rsa', 3072],
  'ecdsa-p192': ['ec-P-192', 192],
  'ecdsa-p256': ['ec-P-256', 256],
  'ecdsa-p384': ['ec-P-384', 384],
}

const OWN_KEY: Found = {
  confidence: {
    grade: 'medium',
    reason: {
      en: 'A sentence says that the running application gives the key, and its own signature holds with this one.',
      de: 'Ein Satz sagt, dass die laufende Anwendung den Schlüssel gibt, und ihre eigene Signatur stimmt mit diesem.',
    },
  },
  how: 'program',
}

/** Keys of an application that takes those of its own signature for updates. */
function giveOwnKeys({ image, place, facts }: Firmware, client: Client, out: ReduceOut): void {
  if (!image?.traces.includes('app-takes-key-from-itself')) return
  const keys = image.blocks.flatMap(({ key, fault, algorithm, offset, length }): readonly PublicKey[] => {
    if (!key || fault !== undefined || algorithm === undefined) return []
    const [name, bits] = KEYS[algorithm]
    return [publicKeyAt({ ...place, offset, length }, name, bits, key.spkiSha256)]
  })
  giveAnchors(keys, client, facts, out, OWN_KEY)
}

function isVerified({ image }: Firmware): boolean {
  return image !== undefined && SIGNED.some((trace) => image.traces.includes(trace))
}

function isUnsigned({ cut, blocks, v1 }: EspImageFact): boolean {
  return cut === undefined && blocks.length === 0 && v1 === undefined
}

function has({ texts }: Firmware, id: SignId): boolean {
  return texts.data.signs.some((sign) => sign.id === id)
}

function at({ texts, place }: Firmware, id: SignId): Place {
  const sign = texts.data.signs.find((one) => one.id === id)
  return sign ? { ...place, offset: sign.offset, length: sign.length } : place
}

function textOnly(literals: readonly string[]): Pick<PartFact, 'confidence' | 'how' | 'observation'> {
  return {
    confidence: say.TEXT_ONLY,
    how: 'program',
    observation: { texts: [...literals], repeat: 'strings -t d FILE' },
  }
}
