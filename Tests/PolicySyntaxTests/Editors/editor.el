;;; -*- lexical-binding: t; -*-
;; Opens policies with rung-mode: `rung-check-colours' says which places of $RUNG_EXPECTED have
;; another face than expected, `rung-check-indentation' indents every policy of $RUNG_POLICIES
;; anew and writes it beside itself as NAME.out.

(require 'rung-mode)

(defconst rung-check-faces
  '((font-lock-comment-face comment) (font-lock-comment-delimiter-face comment)
    (font-lock-doc-face documentation) (font-lock-string-face string regex)
    (rung-number-face number) (font-lock-keyword-face declaration clause)
    (font-lock-builtin-face operator) (font-lock-type-face type unit)
    (font-lock-function-name-face name function) (font-lock-variable-name-face field)
    (font-lock-constant-face value boolean) (font-lock-preprocessor-face allow) (nil plain)))

(defun rung-check-lines ()
  "The rows of $RUNG_EXPECTED."
  (with-temp-buffer
    (insert-file-contents (getenv "RUNG_EXPECTED"))
    (split-string (buffer-string) "\n" t)))

(defun rung-check-report (lines)
  "Write LINES to $RUNG_REPORT."
  (with-temp-file (getenv "RUNG_REPORT")
    (insert (mapconcat #'identity lines "\n") "\n")))

(defun rung-check-colours ()
  (let ((open "") (count 0) report)
    (dolist (row (rung-check-lines))
      (pcase-let ((`(,file ,line ,column ,_byte ,text ,colour) (split-string row "\t")))
        (unless (equal file open)
          (find-file (expand-file-name file (getenv "RUNG_POLICIES")))
          (unless (eq major-mode 'rung-mode)
            (push (concat file " is not seen as a policy") report))
          (font-lock-mode 1)
          (font-lock-ensure)
          (setq open file))
        (goto-char (point-min))
        (forward-line (1- (string-to-number line)))
        (forward-char (string-to-number column))
        (setq count (1+ count))
        (let* ((face (get-text-property (point) 'face))
               (face (if (consp face) (car face) face))
               (found (cdr (assq face rung-check-faces)))
               (wanted (intern colour)))
          (unless (or (memq wanted found)
                      (and (eq wanted 'word)
                           (not (memq (car found)
                                      '(comment documentation string number allow)))))
            (push (format "%s:%s:%s: `%s` is %s, not %s" file line column text face colour)
                  report)))))
    (rung-check-report (append (nreverse report) (list (format "checked %d" count))))))

(defun rung-check-indentation ()
  (dolist (file (directory-files (getenv "RUNG_POLICIES") t "\\.rung\\'"))
    (find-file file)
    (let ((inhibit-message t)) (indent-region (point-min) (point-max)))
    (let ((coding-system-for-write 'utf-8-unix)) (write-region nil nil (concat file ".out"))))
  (rung-check-report '("checked")))
