import type { IndexedRelease, SecretIndex } from '@messlatte/model'
import { JsonError, StrictJson, shortened } from '../json/strict.ts'

/** The number rises with every change that could break a reader. */
export const INDEX_SCHEMA_ID = 'urn:messlatte:secret-index:1'

const KINDS = ['account', 'credential', 'private-key'] as const

/** The file of the index, with a final newline. */
export function writeSecretIndex({ keyId, releases }: SecretIndex): string {
  return `${JSON.stringify({ schema: INDEX_SCHEMA_ID, keyId, releases })}\n`
}

/** @throws JsonError where it is not what `writeSecretIndex` wrote */
export function readSecretIndex(text: string): SecretIndex {
  const root = StrictJson.parse(text)
  const schema = root.at('schema').text()
  if (schema !== INDEX_SCHEMA_ID)
    throw new JsonError({
      en: `is of the schema “${shortened(schema)}”, and this version reads ${INDEX_SCHEMA_ID}: another version wrote it`,
      de: `hat das Schema „${shortened(schema)}“, und diese Version liest ${INDEX_SCHEMA_ID}: Eine andere Version schrieb es`,
    })
  return { keyId: root.at('keyId').text(), releases: root.at('releases').list(releaseOf) }
}

function releaseOf(one: StrictJson): IndexedRelease {
  return {
    product: one.at('product').text(),
    added: one.at('added').text(),
    images: one.at('images').list((image) => ({
      name: image.at('name').text(),
      size: image.at('size').count(),
      sha256: image.at('sha256').digest(),
    })),
    secrets: one.at('secrets').list((secret) => ({
      fingerprint: secret.at('fingerprint').digest(),
      kind: secret.at('kind').oneOf(KINDS),
      subject: secret.at('subject').text(),
      name: secret.at('name').text(),
      path: secret.at('path').text(),
    })),
  }
}
