import type { Component } from '@messlatte/model'
import { compareText } from './natural-order.ts'
import { sorted } from './sorting.ts'

export function componentJson(components: readonly Component[]) {
  const byName = (a: Component, b: Component) =>
    compareText(a.name, b.name) ||
    compareText(a.version ?? '', b.version ?? '') ||
    compareText(a.source, b.source)
  return sorted(components, byName).map((it) => ({
    name: it.name,
    title: it.title,
    version: it.version,
    source: it.source,
    purl: it.purl,
    cpe: it.cpe,
    places: sorted(it.places, (a, b) => compareText(a.path, b.path) || a.offset - b.offset).map((place) => ({
      path: place.path,
      offset: place.offset,
      length: place.length,
      sha256: place.sha256,
      proof: place.proof,
      text: place.text,
    })),
    needs: sorted(it.needs, compareText),
  }))
}
