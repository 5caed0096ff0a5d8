import type { Confidence, Evidence, IndexedRelease, SecretIndex, Text } from '@messlatte/model'
import type { EvidenceDraft } from '../contract.ts'
import { cases, provisions } from '../drafts.ts'
import { finishEvidence, redaction } from '../engine/evidence.ts'
import type { ReleaseSecret } from '../secrets/secret.ts'
import { fingerprintOf, indexable } from './fingerprints.ts'
import { PRODUCTS_COMPARISON } from './manifest.ts'

/** The release that is looked up. */
export interface LookedUp {
  readonly secrets: readonly ReleaseSecret[]
  /** SHA-256 (hex) of its files. */
  readonly digests: readonly string[]
  /** Names under which its own product may stand in the index, as the user stated them. */
  readonly ownNames: readonly string[]
}

const MOST_PRODUCTS = 20

/** Secrets of a release that stand in the index for another product. */
export function sharedSecrets(
  { secrets, digests, ownNames }: LookedUp,
  index: SecretIndex,
  indexKey: Uint8Array,
): readonly Evidence[] {
  const own = new Set(ownNames.map(folded))
  // Under one of its names the same files may stand for the same product.
  for (const { product, images } of index.releases)
    if (images.some(({ sha256 }) => digests.includes(sha256))) own.add(folded(product))
  const held = new Map<string, Held[]>()
  for (const release of index.releases) {
    if (own.has(folded(release.product))) continue
    for (const { fingerprint, path } of release.secrets) {
      const list = held.get(fingerprint) ?? []
      list.push({ release, path })
      held.set(fingerprint, list)
    }
  }
  const hidden = redaction('', false)
  return indexable(secrets).flatMap((secret) => {
    const others = held.get(fingerprintOf(secret, indexKey)) ?? []
    if (others.length === 0) return []
    return [finishEvidence(PRODUCTS_COMPARISON, draftOf(secret, others, own.size > 0), hidden, hidden)]
  })
}

interface Held {
  readonly release: IndexedRelease
  readonly path: string
}

function folded(name: string): string {
  return name.trim().toLowerCase()
}

function draftOf(secret: ReleaseSecret, others: readonly Held[], isNamed: boolean): EvidenceDraft {
  const products = [...new Set(others.map(({ release }) => release.product))]
  const named = products.slice(0, 3).join(', ')
  const { kind, subject, name, form, opens, place, publicSha256 } = secret
  return {
    kind: opens === 'device' ? 'products.password.shared' : 'products.parameter.shared',
    polarity: 'against',
    ...touches(secret),
    place,
    title: titleOf(secret, named),
    observation: {
      secret: kind,
      subject,
      name,
      form,
      ...(publicSha256 === null ? {} : { publicSha256 }),
      products: products.slice(0, MOST_PRODUCTS),
      places: others.slice(0, MOST_PRODUCTS).map(({ release, path }) => ({
        product: release.product,
        path,
        images: release.images.slice(0, MOST_PRODUCTS).map(({ sha256 }) => sha256),
      })),
      repeat:
        kind === 'private-key'
          ? 'openssl pkey -in FILE -pubout -outform DER | sha256sum, on both'
          : 'compare what stands at both places',
    },
    confidence: confidenceOf(secret, isNamed),
    overturnedBy: OVERTURNED,
  }
}

function touches({ opens }: ReleaseSecret): Pick<EvidenceDraft, 'cases' | 'provisions'> {
  switch (opens) {
    case 'device':
      return { provisions: provisions(['5.1-1']), cases: cases('5.1-1-2') }
    case 'service':
      return { provisions: provisions(['5.4-3', '5.4-4']), cases: cases('5.4-3-2', '5.4-4-1') }
    case 'network':
    case 'ssh':
    case 'stored':
      return { provisions: provisions(['5.4-3']), cases: cases('5.4-3-2') }
  }
}

function titleOf({ kind, name }: ReleaseSecret, products: string): Text {
  switch (kind) {
    case 'private-key':
      return {
        en: `Another product has the same private key: ${products}`,
        de: `Ein anderes Produkt hat denselben privaten Schlüssel: ${products}`,
      }
    case 'account':
      return {
        en: `Another product has the same password, here of ${name}: ${products}`,
        de: `Ein anderes Produkt hat dasselbe Passwort, hier von ${name}: ${products}`,
      }
    case 'credential':
      return {
        en: `Another product has the same secret, here ${name}: ${products}`,
        de: `Ein anderes Produkt hat dasselbe Geheimnis, hier ${name}: ${products}`,
      }
  }
}

function confidenceOf({ kind, weakness }: ReleaseSecret, isNamed: boolean): Confidence {
  if (weakness !== null) return { grade: 'low', reason: WEAKER }
  if (!isNamed) return { grade: 'medium', reason: NOT_NAMED }
  return kind === 'private-key'
    ? { grade: 'high', reason: SAME_KEY }
    : { grade: 'medium', reason: SAME_VALUE }
}

const WEAKER: Text = {
  en: 'It counts for less here: the finding about it in this release says why.',
  de: 'Es zählt hier weniger: Der Befund dazu in dieser Firmware sagt, warum.',
}
const NOT_NAMED: Text = {
  en: 'Under which name this product stands in the index was not stated (--model), so that the other one may be the same product.',
  de: 'Unter welchem Namen dieses Produkt im Verzeichnis steht, wurde nicht angegeben (--model); das andere kann also dasselbe Produkt sein.',
}
const SAME_KEY: Text = {
  en: 'The public halves are the same; two private keys with one public half are one.',
  de: 'Die öffentlichen Hälften sind gleich; zwei private Schlüssel mit einer öffentlichen Hälfte sind einer.',
}
const SAME_VALUE: Text = {
  en: 'The values are the same, and are none that everybody tries first; short ones may still meet by chance.',
  de: 'Die Werte sind gleich und keine, die jeder zuerst versucht; kurze können trotzdem zufällig übereinstimmen.',
}
const OVERTURNED: Text = {
  en: 'Proof that both names are one product or one model, that the key is a public one, or that provisioning replaces it in every unit before use.',
  de: 'Der Nachweis, dass beide Namen ein Produkt oder ein Modell sind, dass der Schlüssel ein öffentlicher ist oder dass es vor der Verwendung in jedem Gerät ersetzt wird.',
}
