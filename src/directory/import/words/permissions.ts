/**
 * Headings of columns that say of each row whether it may be shown. What "yes" means there depends on the question, so it is
 * never guessed. Compared without what stands in brackets and without the words below; several are separated by a bar.
 */
export const PERMISSIONS: readonly string[] = [
  'confidential|private|secret|internal|sensitive|do not publish|do not share|not for publication|not public|public|publish|published|may be published|can be published|may be shared|can be shared|may be shown|ok to share|ok to publish|share|share publicly|consent to publish|consent to share|permission to publish|internal use|internal use only|internal only',
  'confidentiel|confidentielle|privé|privée|interne|secret|secrète|sensible|ne pas publier|ne pas partager|non public|peut être publié|peut être partagé|publiable|publier|partager|usage interne|à usage interne|accord pour publication',
  'confidencial|privado|privada|interno|interna|secreto|secreta|no publicar|no compartir|no público|se puede publicar|se puede compartir|puede publicarse|publicable|publicar|compartir|uso interno|autoriza publicación',
  'سري|سرية|خاص|خاصة|داخلي|داخلية|حساس|حساسة|لا ينشر|لا تنشر|للنشر|يمكن نشره|يمكن نشرها|يمكن النشر|قابل للنشر|للاستخدام الداخلي',
  'конфіденційно|конфіденційний|конфіденційна|приватно|приватна|внутрішнє|внутрішня|таємно|таємна|не публікувати|не поширювати|публічно|публікувати|поширювати|можна публікувати|можна поширювати|для внутрішнього користування',
]
/** That change nothing of the question. */
export const FILLERS =
  'is are it this that the a an service services row entry record info information data to for of in we this please est ce cette le la l les du de des données informations es el los del información datos هل هذه هذا الخدمة المعلومات чи ця це послуга послугу інформація інформацію'
