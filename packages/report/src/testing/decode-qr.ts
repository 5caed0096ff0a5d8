import * as jsqr from 'jsqr'

type Decode = typeof jsqr.default.default

/** A decoder that knows nothing of our encoder. Its package is of the old kind: its types name a default that its file has not. */
export const decodeQr: Decode =
  (jsqr.default as { readonly default?: Decode }).default ?? (jsqr.default as unknown as Decode)
