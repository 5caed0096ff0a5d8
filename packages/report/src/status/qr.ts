import { escapeXml } from '@messlatte/bytes'
import { encodeQR } from 'qr'

/** Modules of light around the code (ISO/IEC 18004, 9.1). */
const QUIET = 4

/** Modules of a QR code (ISO/IEC 18004) with the quiet zone around it, true for dark ones. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, 'raw', { ecc: 'medium', border: QUIET })
}

/** Dark on light whatever the page: a reader needs the contrast. */
export function qrSvg(text: string, title: string): string {
  const modules = qrModules(text)
  const size = modules.length
  const dark = modules.flatMap((row, y) => row.map((on, x) => (on ? `M${x},${y}h1v1h-1z` : ''))).join('')
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" width="${size * 4}" height="${size * 4}" role="img" shape-rendering="crispEdges"><title>${escapeXml(title)}</title><path fill="#fff" d="M0,0h${size}v${size}h-${size}z"/><path fill="#000" d="${dark}"/></svg>\n`
}

/** Two rows of modules in a line of text; with colours where the terminal has them, else dark where a letter would be. */
export function qrTerminal(text: string, colour: boolean): string {
  const modules = qrModules(text)
  const lines: string[] = []
  for (let y = 0; y < modules.length; y += 2) {
    const line = (modules[y] ?? [])
      .map((upper, x) => (modules[y + 1]?.[x] ? (upper ? '█' : '▄') : upper ? '▀' : ' '))
      .join('')
    lines.push(colour ? `\u001b[30;107m${line}\u001b[0m` : line)
  }
  return `${lines.join('\n')}\n`
}
