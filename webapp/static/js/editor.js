/* The rich-text editor on a textarea with data-editor: "case" takes pictures, "manuscript" and "notice" do not. The
   textarea keeps the value and is what is posted; without this script it is edited as it is. */
(function () {
  "use strict";
  if (!window.Jodit) { return; }
  var chinese = /^zh/.test(document.documentElement.lang);
  var MISSING = chinese ? "［图片未能随粘贴带入，请单独上传后插入］" : "[picture not brought along: upload it, then insert it]";
  var BUTTONS = {
    "case": "undo,redo,|,paragraph,bold,italic,underline,superscript,subscript,|,ul,ol,|,left,center,right,|,table,link,|,eraser,find,fullsize",
    notice: "undo,redo,|,paragraph,bold,italic,|,ul,ol,|,left,center,right,|,table,link,|,eraser,fullsize"
  };

  document.querySelectorAll("textarea[data-editor]").forEach(function (area) {
    var kind = area.dataset.editor, label = area.dataset.editorLabel;
    var editor = window.Jodit.make(area, {
      language: chinese ? "zh_cn" : "en",
      height: kind === "notice" ? 340 : 560,
      minHeight: 260,
      beautifyHTML: false,
      sourceEditor: "area",
      askBeforePasteHTML: false,
      askBeforePasteFromWord: false,
      defaultActionOnPaste: "insert_as_html",
      processPasteFromWord: true,
      toolbarAdaptive: false,
      hidePoweredByJodit: true,
      showXPathInStatusbar: false,
      showCharsCounter: false,
      showWordsCounter: false,
      statusbar: false,
      showPlaceholder: false,
      toolbarButtonSize: "middle",
      tabIndex: 0,
      buttons: BUTTONS[kind] || BUTTONS["case"],
      controls: { paragraph: { list: chinese ? { p: "正文", h2: "一级标题", h3: "二级标题", h4: "三级标题", blockquote: "引用" } : { p: "Text", h2: "Heading 1", h3: "Heading 2", h4: "Heading 3", blockquote: "Quotation" } } },
      uploader: { insertImageAsBase64URI: false },
      disablePlugins: "ai-assistant,speech-recognize,powered-by-jodit,video,file,about,print,source,iframe,spellcheck,xpath,image-processor,image-properties,drag-and-drop-element,sticky"
    });
    editor.editor.setAttribute("role", "textbox");
    editor.editor.setAttribute("aria-multiline", "true");
    editor.editor.setAttribute("aria-labelledby", label);
    if (area.getAttribute("aria-describedby")) { editor.editor.setAttribute("aria-describedby", area.getAttribute("aria-describedby")); }
    editor.editor.lang = area.lang || document.documentElement.lang;

    /* links of the error summary and the task list lead into the editor */
    area.focus = function () { editor.editor.focus(); };
    area.scrollIntoView = function (how) { editor.container.scrollIntoView(how); };

    function carryOver() { if (area.value !== editor.value) { area.value = editor.value; } }
    editor.events.on("change", function () {
      carryOver();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    /* the editor tells of a change a moment later: what is typed right before sending is sent as well */
    if (area.form) { area.form.addEventListener("submit", carryOver, true); }

    function upload(blob) {
      return window.exemplarUpload ? window.exemplarUpload(blob) : Promise.reject(new Error("no upload here"));
    }
    function insert(html) { editor.s.focus(); editor.s.insertHTML(html); }

    editor.container.addEventListener("paste", function (event) {
      var data = event.clipboardData;
      if (!data) { return; }
      var fromWord = window.exemplarWordPaste && window.exemplarWordPaste(data, kind === "case" ? upload : null, MISSING);
      if (fromWord) {
        event.preventDefault();
        event.stopImmediatePropagation();
        fromWord.then(insert);
        return;
      }
      var image = Array.prototype.slice.call(data.files || []).filter(function (file) { return /^image\//.test(file.type); })[0];
      if (image) {
        event.preventDefault();
        event.stopImmediatePropagation();
        if (kind === "case") { upload(image).then(function (address) { insert('<figure><img src="' + address + '" alt=""></figure>'); }); }
      }
    }, true);

    area.exemplarEditor = {
      set: function (html) { editor.value = html; },
      get: function () { return editor.value; },
      text: function () { return editor.editor.innerText; },
      insertPicture: function (address, alt, caption) {
        var image = document.createElement("img"), figure = document.createElement("figure");
        image.setAttribute("src", address);
        image.setAttribute("alt", alt || "");
        figure.appendChild(image);
        if (caption) { figure.appendChild(document.createElement("figcaption")).textContent = caption; }
        insert(figure.outerHTML + "<p><br></p>");
      }
    };
    area.dispatchEvent(new Event("exemplar:editor", { bubbles: true }));
  });
})();
