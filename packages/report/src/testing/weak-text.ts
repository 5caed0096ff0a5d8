import { readFileSync } from 'node:fs'

/** A script for the page as text, since the project's types know no browser: which texts stand out too little from their ground. */
export const WEAK_TEXT = readFileSync(new URL('./weak-text.js', import.meta.url), 'utf8')
