import { digest } from '@messlatte/bytes'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { isObject, memberOf, parseObject, textsOf } from '../package/json.ts'
import type { AzureFact } from './facts.ts'

export const LITERALS: readonly string[] = ['updateManifestSignature', 'azure-deviceupdate-import-manifest']

const MOST_BYTES = 1024 * 1024
const MOST_SIGNATURE = 64 * 1024
const MOST_TOLD = 100

/** Map: what the service hands to devices, and what makers hand to the service. */
export function lookAtAzure(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file' || artefact.bytes.size > MOST_BYTES) return
  const text = Buffer.from(artefact.bytes.view(0, artefact.bytes.size)).toString('utf8')
  const json = text.trimStart().startsWith('{') ? parseObject(text) : undefined
  if (!json) return
  const { updateManifest, updateManifestSignature } = json
  if (typeof updateManifest === 'string')
    out.fact('update.azure', placeOf(artefact), {
      form: 'signed',
      signature: textOf(updateManifestSignature),
      digest: digest('sha256', Buffer.from(updateManifest, 'utf8')).toString('hex'),
      ...contentOf(parseObject(updateManifest)),
    })
  else if (isObject(json.updateId) && Array.isArray(json.files))
    out.fact('update.azure', placeOf(artefact), {
      form: 'import',
      signature: undefined,
      digest: artefact.sha256(),
      ...contentOf(json),
    })
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= MOST_SIGNATURE ? value : undefined
}

function contentOf(manifest: unknown): Omit<AzureFact, 'form' | 'signature' | 'digest'> {
  const id = memberOf(manifest, 'updateId')
  const files = memberOf(manifest, 'files')
  const steps = memberOf(memberOf(manifest, 'instructions'), 'steps')
  return {
    version: textsOf(memberOf(id, 'version'))[0] ?? '',
    update: [...textsOf(memberOf(id, 'provider')), ...textsOf(memberOf(id, 'name'))].join(' '),
    compatibility: listOf(memberOf(manifest, 'compatibility')).map((one) =>
      (JSON.stringify(one) ?? '').slice(0, 200),
    ),
    handlers: listOf(steps).flatMap((step) => textsOf(memberOf(step, 'handler'))),
    files: (isObject(files) ? Object.values(files) : listOf(files)).slice(0, MOST_TOLD).map((file) => {
      const [hash] = textsOf(memberOf(memberOf(file, 'hashes'), 'sha256'))
      return {
        name: textsOf(memberOf(file, 'fileName') ?? memberOf(file, 'filename'))[0] ?? '',
        sha256: hash === undefined ? undefined : Buffer.from(hash, 'base64').toString('hex'),
      }
    }),
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_TOLD) : []
}
