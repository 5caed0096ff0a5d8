import type {
  Assessment,
  Evidence,
  Language,
  ProductStatement,
  ProvisionResult,
  ReleaseImage,
} from '@messlatte/model'
import { compareText } from '../result/natural-order.ts'
import { sorted } from '../result/sorting.ts'

/** `messlatte 0.1.0` as the tool that made a document. */
export function toolsOf(tool: string) {
  const [name = tool, version = ''] = tool.split(' ')
  return { components: [{ type: 'application', name, version }] }
}

/** The release as the component that a document is about. */
export function releaseOf(product: ProductStatement, images: readonly ReleaseImage[]) {
  return {
    type: 'firmware',
    'bom-ref': 'release',
    name: product.model ?? images[0]?.name ?? 'release',
    ...(product.firmware !== null && { version: product.firmware }),
    ...(product.maker !== null && { manufacturer: { name: product.maker } }),
    components: images.map(({ name, sha256 }, at) => ({
      type: 'file',
      'bom-ref': `image-${at + 1}`,
      name,
      hashes: [{ alg: 'SHA-256', content: sha256 }],
    })),
  }
}

/** The edition with those of its provisions that are told, in our own words. */
export function standardOf({ catalogue }: Assessment, told: readonly ProvisionResult[], language: Language) {
  return {
    'bom-ref': catalogue.id,
    name: catalogue.id,
    version: catalogue.version,
    requirements: told.map(({ id, title }) => ({
      'bom-ref': `requirement-${id}`,
      identifier: id,
      title: title[language],
    })),
  }
}

/** Evidence by its ids, so that claims can refer to it. */
export function evidenceListOf(used: readonly Evidence[], language: Language) {
  return sorted(used, (a, b) => compareText(a.id, b.id)).map((one) => ({
    'bom-ref': `evidence-${one.id}`,
    propertyName: one.kind,
    description: `${one.title[language]} (${one.path})`,
  }))
}

/** For and against, on one provision of the edition that was assessed. */
export function evidenceOf(
  { edition, id }: ProvisionResult,
  evidence: readonly Evidence[],
): readonly Evidence[] {
  return evidence.filter(
    (one) =>
      one.polarity !== 'neutral' &&
      one.provisions.some((provision) => provision.edition === edition && provision.id === id),
  )
}

/** References to evidence of one polarity. */
export function evidenceRefs(
  evidence: readonly Evidence[],
  polarity: Evidence['polarity'],
): readonly string[] {
  return [
    ...new Set(evidence.filter((one) => one.polarity === polarity).map(({ id }) => `evidence-${id}`)),
  ].sort()
}
