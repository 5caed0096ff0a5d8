export { renderHtml } from './html/render.ts'
export { renderTerminal } from './terminal/render.ts'
export type { TerminalOptions } from './terminal/sheet.ts'
export { pick } from './text.ts'
