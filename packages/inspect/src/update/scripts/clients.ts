import type { PartData, Text } from '@messlatte/model'
import type { Facts } from '../../contract.ts'
import type { Run } from '../../shell/script/evaluate.ts'
import type { ClientConfiguration } from '../clients/facts.ts'
import { verificationOf } from '../clients/verification.ts'
import { systemOf } from '../mechanism/join.ts'
import { commandOf } from './commands.ts'
import type { FollowedScript } from './follow.ts'

/** What the client does that a script leaves the installation to. */
export interface ClientCheck {
  /** The client whose mechanism the script is part of; undefined where it has one of its own. */
  readonly owner?: ClientConfiguration['client']
  /** The client verifies what it installs, by what the script or its configuration says. */
  readonly verified: boolean
  /** What the script itself says about that. */
  readonly part?: { readonly data: PartData; readonly run: Run; readonly statement: Text }
}

const OWNERS: ReadonlySet<string> = new Set(['rauc', 'swupdate', 'mender', 'opkg', 'apk', 'apt'])

export function byClient({ update, place }: FollowedScript, facts: Facts): ClientCheck {
  const clients = new Set(update.uses.map(({ client }) => client))
  const [client] = clients
  if (clients.size !== 1 || client === undefined) return { verified: false }
  const configured = facts
    .of('update.client')
    .filter((one) => one.data.client === client && systemOf(one.place) === systemOf(place))
  const [first] = configured
  const verification = first ? verificationOf(first, configured) : client === 'rauc' ? 'always' : 'unknown'
  const verified = verification === 'always' || verification === 'required'
  if (!OWNERS.has(client)) return { verified: verified && client === 'sysupgrade' }
  const owner = client as ClientConfiguration['client']
  const part = first ? undefined : partOf(owner, update.uses[0]?.run)
  return { owner, verified: verified || part?.data.checks === 'required', ...(part ? { part } : {}) }
}

/** Options of swupdate, and what RAUC always does. */
function partOf(client: string, run: Run | undefined) {
  if (!run) return undefined
  if (client === 'rauc')
    return {
      data: { id: 'packageCheck', checks: 'always', key: null },
      run,
      statement: {
        en: 'RAUC verifies the signature of every bundle; with which key was not found.',
        de: 'RAUC prüft die Signatur jedes Bundles; mit welchem Schlüssel, fand sich nicht.',
      },
    } as const
  if (client !== 'swupdate') return undefined
  const args = commandOf(run)
  const at = args.findIndex((word) => /^(?:-k|--key)$/.test(word))
  const key = at < 0 ? undefined : args[at + 1]
  if (key === undefined) return undefined
  return {
    data: { id: 'packageCheck', checks: 'required', key },
    run,
    statement: {
      en: `SWUpdate is told to verify signatures with ${key}.`,
      de: `SWUpdate wird angewiesen, Signaturen mit ${key} zu prüfen.`,
    },
  } as const
}
