import type { Facts } from '../../contract.ts'
import type { Package } from './evidence.ts'

/**
 * Of an update whose own form has no signature: an image inside of it that other checks judge has one or has none, and they
 * tell; one that nobody knows may have a signature of its own, and is held against nobody.
 */
export function toldByImage(holder: string, facts: Facts): Pick<Package, 'unsigned'> {
  const isInside = ({ path }: { readonly path: string }) => path.startsWith(`${holder}/`)
  const isJudged =
    facts.of('chain.link').some(({ place }) => isInside(place)) ||
    facts.of('update.vendor-image').some(({ place }) => isInside(place))
  return { unsigned: isJudged ? 'elsewhere' : 'inside' }
}
