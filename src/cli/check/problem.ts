/** One thing to mend: where it is, what is wrong, and what to do. */
export interface Problem {
  /** From the top of the checkout, such as `locales/en/messages.json`; `settings` for the environment. */
  file: string
  key: string
  problem: string
  remedy: string
}
