import { raw } from './markup.ts'

/** One shape for each verdict, drawn in the colour of its word; told apart without any colour. */
export const SIGNS = raw(`<svg class="sprite" aria-hidden="true" focusable="false" width="0" height="0">
<symbol id="sign-fail" viewBox="0 0 16 16"><circle cx="8" cy="8" r="8" fill="currentColor"/><path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" class="cut"/></symbol>
<symbol id="sign-contested" viewBox="0 0 16 16"><path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor"/><path d="M4.9 6.6h6.2M4.9 9.4h6.2M9.8 4.6 6.2 11.4" class="cut thin"/></symbol>
<symbol id="sign-open" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" class="line"/><path d="M6 6.3a2 2 0 1 1 2.8 1.9c-.5.2-.8.6-.8 1.2" class="line"/><circle cx="8" cy="11.6" r=".95" fill="currentColor"/></symbol>
<symbol id="sign-not-met" viewBox="0 0 16 16"><path d="M8 1.6 15 14H1z" class="line"/><path d="M8 6.2v3.6" class="line"/><circle cx="8" cy="11.8" r=".9" fill="currentColor"/></symbol>
<symbol id="sign-supported" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" class="line"/><path d="M8 1a7 7 0 0 0 0 14z" fill="currentColor"/></symbol>
<symbol id="sign-pass" viewBox="0 0 16 16"><rect width="16" height="16" rx="4" fill="currentColor"/><path d="M4.4 8.4l2.6 2.6 4.8-5.6" class="cut"/></symbol>
<symbol id="sign-not-applicable" viewBox="0 0 16 16"><circle cx="8" cy="8" r="7" class="line"/><path d="M5 8h6" class="line"/></symbol>
</svg>`)

export const MARK = raw(
  `<svg class="mark" aria-hidden="true" focusable="false" viewBox="0 0 28 28"><path d="M4 3v22M24 3v22" class="line"/><path d="M4 11h20" class="line bar"/><path d="M4 7h3M4 15h3M4 19h3M24 7h-3M24 15h-3M24 19h-3" class="line tick"/></svg>`,
)
