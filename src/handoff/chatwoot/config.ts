import type { Sensitive } from '../../privacy/sensitive.ts'

/** What the organisation sets to have its cases in Chatwoot (4.13 or newer, an inbox of the API channel). */
export interface ChatwootConfig {
  /** `https://chatwoot.example.org` */
  url: string
  /** Of the API-channel inbox. With a contact's source id it is as good as a password. */
  inboxIdentifier: string
  /** The inbox's HMAC token; "enforce user identity validation" should be on. */
  hmacToken: Sensitive<string>
  /** The signing secret of the inbox's own webhook; Chatwoot makes it, and it is not the HMAC token. */
  webhookSecret: Sensitive<string>
  accountId: number
  /** Of an administrator: nobody else may delete a conversation. */
  accessToken: Sensitive<string>
}
