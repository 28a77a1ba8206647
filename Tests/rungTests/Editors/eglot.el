;;; Drives `rung lsp' from Emacs with eglot; each line of the output is one check that held.  -*- lexical-binding: t -*-

;; emacs --batch -l eglot.el, with the folder of a policy in RUNG_FOLDER.

;;; Code:
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(require 'xref)

(defvar checks 0)

(defun check (holds name seen)
  (unless holds
    (princ (format "NOT %s: %S\n" name seen))
    (kill-emacs 1))
  (setq checks (1+ checks))
  (princ (format "ok %s\n" name)))

(defun await (name test)
  (let ((deadline (+ (float-time) 20)))
    (while (and (not (funcall test)) (< (float-time) deadline))
      (accept-process-output nil 0.05))
    (check (funcall test) name (list (findings) (buffer-string)))))

(defun findings ()
  (mapcar #'flymake-diagnostic-text (flymake-diagnostics)))

(defun finding (word)
  (seq-find (lambda (one) (string-match-p (regexp-quote word) (flymake-diagnostic-text one)))
            (flymake-diagnostics)))

(defun go (text &optional after)
  (goto-char (point-min))
  (search-forward text)
  (unless after (goto-char (match-beginning 0))))

(define-derived-mode policy-mode prog-mode "Policy")
(add-to-list 'auto-mode-alist '("\\.rung\\'" . policy-mode))
(add-to-list 'eglot-server-programs '(policy-mode . ("rung" "lsp")))
(setq eglot-sync-connect 20
      eglot-autoshutdown nil
      eglot-confirm-server-initiated-edits nil
      eglot-send-changes-idle-time 0.05
      flymake-no-changes-timeout 0.05)

(let ((folder (file-name-as-directory (getenv "RUNG_FOLDER"))))
  (cd folder)
  (find-file (concat folder "policy.rung"))
  (check (derived-mode-p 'policy-mode) "the mode is on" major-mode)
  (apply #'eglot (eglot--guess-contact))
  (check (eglot-current-server) "the server is connected" nil)

  (await "the broken policy has a finding" (lambda () (finding "largr")))

  ;; Apply the quick fix of the finding.
  (go "largr")
  (let* ((actions (eglot-code-actions (point) (point) "quickfix"))
         (fix (seq-find (lambda (one) (equal (plist-get one :kind) "quickfix")) actions)))
    (check fix "it has a quick fix" actions)
    (eglot--apply-workspace-edit (plist-get fix :edit)))
  (check (string-match-p "use large }" (buffer-string)) "the fix mends the text" (buffer-string))
  (eglot--signal-textDocument/didChange)
  (await "the finding is gone" (lambda () (not (finding "largr"))))

  ;; What a name is.
  (go "accept answered" t)
  (backward-char 2)
  (let ((hover (jsonrpc-request (eglot-current-server) :textDocument/hover
                                (eglot--TextDocumentPositionParams))))
    (check (string-match-p "gate" (plist-get (plist-get hover :contents) :value))
           "hover says it is a gate" hover))

  ;; Where it is declared.
  (let ((places (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
    (check (= 1 (length places)) "its declaration is found" places))

  ;; What may stand after `use '.
  (go "otherwise { use " t)
  (let* ((offered (eglot-completion-at-point))
         (labels (all-completions "" (nth 2 offered))))
    (check (and (member "small" labels) (member "both" labels))
           "models and ladders are offered" labels))

  ;; Another name, everywhere.
  (go "answered")
  (eglot-rename "complete")
  (check (string-match-p "gate   complete = " (buffer-string)) "the declaration is renamed"
         (buffer-string))
  (check (string-match-p "accept complete" (buffer-string)) "the use is renamed" (buffer-string))

  ;; The one format.
  (eglot-format-buffer)
  (check (string-match-p "gate complete = length >= 20 chars" (buffer-string)) "spaces are mended"
         (buffer-string))
  (check (string-match-p "# 😀 done" (buffer-string)) "a comment is kept" (buffer-string))

  ;; What is typed, and the place of the finding.
  (goto-char (point-max))
  (insert "route x when question mentions \"😀é\" { use nosuch }\n")
  (eglot--signal-textDocument/didChange)
  (await "what is typed is looked at" (lambda () (finding "nosuch")))
  (let ((found (finding "nosuch")))
    (check (equal (buffer-substring (flymake-diagnostic-beg found) (flymake-diagnostic-end found))
                  "nosuch")
           "the place is the word's" found))
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot-current-server))
  (princ (format "%d checks held\n" checks))
  (kill-emacs 0))
;;; eglot.el ends here
