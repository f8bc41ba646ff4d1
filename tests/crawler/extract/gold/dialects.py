"""The markup that each system puts around the parts of a text: paragraphs, tables, pictures, files.

In: the parts of a text. Out: HTML as that system's editor or field formatter writes it, with what
editors leave behind: pasted styles, empty paragraphs, bold lines for headings.
"""

from collections.abc import Callable, Iterable
from html import escape

from tests.crawler.extract.gold.texts import Part

Dialect = Callable[[Part, int], str]
_IMAGE = "/uploads/beeld-{}.jpg"


def content(parts: Iterable[Part], dialect: Dialect, *, files: bool = True) -> str:
    """The parts one after another; without ``files`` they are shown elsewhere on the page."""
    return "\n".join(
        dialect(part, number) for number, part in enumerate(parts) if files or part.kind != "file"
    )


def file_name(part: Part) -> str:
    return "-".join(part.text.lower().split()) + ".pdf"


def _items(part: Part, tag: str, attributes: str = "") -> str:
    """Nested items stand inside the item above them."""
    out, is_open = [], False
    for depth, text in part.rows:
        if depth and not is_open:
            out.append(f"<{tag}>")
            is_open = True
        elif not depth and is_open:
            out.append(f"</{tag}></li>")
            is_open = False
        elif (out and not depth) or depth:
            out.append("</li>")
        out.append(f"<li>{escape(text, quote=False)}")
    out.append(f"</li></{tag}></li>" if is_open else "</li>")
    return f"<{tag}{attributes}>{''.join(out)}</{tag}>"


def _table(part: Part, attributes: str = "", *, head: bool = True) -> str:
    rows = []
    for number, row in enumerate(part.rows):
        tag = "th" if head and number == 0 and len(part.rows) > 2 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in row) + "</tr>")
    return f"<table{attributes}><tbody>{''.join(rows)}</tbody></table>"


def plain(part: Part, number: int) -> str:
    """What most editors give; the other dialects say where they differ."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "p":
            return f"<p>{text}</p>"
        case "h":
            return f"<h2>{text}</h2>"
        case "ul" | "ol":
            return _items(part, part.kind)
        case "table":
            return _table(part)
        case "quote":
            return f"<blockquote><p>{text}</p></blockquote>"
        case "caption":
            return f'<p><img src="{_IMAGE.format(number)}" alt=""></p>'
        case "qa":
            return f"<h3>{escape(part.rows[0][0])}</h3><p>{escape(part.rows[1][0])}</p>"
        case _:
            return f'<p><a href="/files/{file_name(part)}">{text}</a></p>'


def classic(part: Part, number: int) -> str:
    """WordPress before its blocks."""
    if part.kind == "caption":
        return (
            f'<div id="attachment_{number}" style="width: 650px" class="wp-caption alignnone">'
            f'<img class="size-large" src="{_IMAGE.format(number)}" alt="" width="640">'
            f'<p id="caption-attachment-{number}" class="wp-caption-text">{escape(part.text)}</p></div>'
        )
    if part.kind == "h":
        return f"<h2><strong>{escape(part.text)}</strong></h2>\n<p>&nbsp;</p>"
    return plain(part, number)


def gutenberg(part: Part, number: int) -> str:
    """WordPress with its blocks."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "h":
            return f'<h2 class="wp-block-heading" id="h-{number}">{text}</h2>'
        case "ul" | "ol":
            return _items(part, part.kind, ' class="wp-block-list"')
        case "table":
            return (
                f'<figure class="wp-block-table">{_table(part, " class=has-fixed-layout")}</figure>'
            )
        case "quote":
            return f'<blockquote class="wp-block-quote is-layout-flow"><p>{text}</p></blockquote>'
        case "caption":
            return (
                f'<figure class="wp-block-image size-large"><img decoding="async" '
                f'src="{_IMAGE.format(number)}" alt=""/><figcaption class="wp-element-caption">{text}'
                "</figcaption></figure>"
            )
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            return (
                '<details class="wp-block-details is-layout-flow"><summary>'
                f"{escape(question)}</summary><p>{escape(answer)}</p></details>"
            )
        case "file":
            link = f"/wp-content/uploads/{file_name(part)}"
            return (
                f'<div class="wp-block-file"><a id="wp-block-file--media-{number}" href="{link}">{text}'
                f'</a><a href="{link}" class="wp-block-file__button wp-element-button" download>Download'
                "</a></div>"
            )
    return plain(part, number)


def divi(part: Part, number: int) -> str:
    """Divi: one module for each run of text, toggles for questions."""
    if part.kind == "qa":
        question, answer = part.rows[0][0], part.rows[1][0]
        return (
            f'<div class="et_pb_module et_pb_toggle et_pb_toggle_{number} et_pb_toggle_item '
            f'et_pb_toggle_close"><h5 class="et_pb_toggle_title">{escape(question)}</h5>'
            f'<div class="et_pb_toggle_content clearfix"><p>{escape(answer)}</p></div></div>'
        )
    if part.kind == "caption":
        return (
            f'<div class="et_pb_module et_pb_image et_pb_image_{number}"><span class='
            f'"et_pb_image_wrap"><img src="{_IMAGE.format(number)}" alt="{escape(part.text)}"></span></div>'
        )
    if part.kind == "file":
        return (
            '<div class="et_pb_button_module_wrapper et_pb_module"><a class="et_pb_button et_pb_bg'
            f'_layout_light" href="/files/{file_name(part)}" target="_blank">{escape(part.text)}</a></div>'
        )
    inner = plain(part, number)
    return (
        f'<div class="et_pb_module et_pb_text et_pb_text_{number} et_pb_text_align_left">'
        f'<div class="et_pb_text_inner">{inner}</div></div>'
    )


def elementor(part: Part, number: int) -> str:
    """Elementor: a widget for each part."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "h":
            name, inner = (
                "heading",
                f'<h2 class="elementor-heading-title elementor-size-default">{text}</h2>',
            )
        case "caption":
            name, inner = (
                "image",
                (
                    f'<figure class="wp-caption"><img loading="lazy" src="{_IMAGE.format(number)}" alt="">'
                    f'<figcaption class="widget-image-caption wp-caption-text">{text}</figcaption></figure>'
                ),
            )
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            name, inner = (
                "accordion",
                (
                    '<div class="elementor-accordion"><div class="elementor-accordion-item">'
                    f'<div id="elementor-tab-title-{number}" class="elementor-tab-title" data-tab="1" '
                    f'role="button" aria-controls="elementor-tab-content-{number}" aria-expanded="false">'
                    '<span class="elementor-accordion-icon elementor-accordion-icon-left" aria-hidden="true">'
                    f'</span><a class="elementor-accordion-title" tabindex="0">{escape(question)}</a></div>'
                    f'<div id="elementor-tab-content-{number}" class="elementor-tab-content elementor-clearfix"'
                    f' data-tab="1" role="region"><p>{escape(answer)}</p></div></div></div>'
                ),
            )
        case "file":
            name, inner = (
                "button",
                (
                    f'<div class="elementor-button-wrapper"><a class="elementor-button" href="/files/'
                    f'{file_name(part)}"><span class="elementor-button-content-wrapper"><span class='
                    f'"elementor-button-text">{text}</span></span></a></div>'
                ),
            )
        case _:
            name, inner = "text-editor", plain(part, number)
    return (
        f'<div class="elementor-element elementor-element-{number:07x} elementor-widget elementor-widget-'
        f'{name}" data-id="{number:07x}" data-element_type="widget" data-widget_type="{name}.default">'
        f'<div class="elementor-widget-container">{inner}</div></div>'
    )


def typo3(part: Part, number: int) -> str:
    """TYPO3 with fluid styled content and the bootstrap package."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "h":
            return f'<a id="c{number + 400}"></a><header><h2 class="">{text}</h2></header>'
        case "p":
            return f'<p class="bodytext">{text}</p>'
        case "table":
            return f'<div class="table-responsive">{_table(part, " class=contenttable")}</div>'
        case "caption":
            return (
                '<div class="ce-gallery" data-ce-columns="1"><div class="ce-row"><div class="ce-column">'
                f'<figure class="image"><img class="image-embed-item" src="{_IMAGE.format(number)}" alt="">'
                f'<figcaption class="image-caption">{text}</figcaption></figure></div></div></div>'
            )
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            return (
                f'<div class="accordion-item item-{number}"><h4 class="accordion-header" id="accordion-'
                f'heading-{number}"><button class="accordion-button collapsed" type="button" data-bs-toggle='
                f'"collapse" data-bs-target="#accordion-{number}" aria-expanded="false" aria-controls='
                f'"accordion-{number}"><span class="accordion-title-link-text">{escape(question)}</span>'
                f'</button></h4><div id="accordion-{number}" class="accordion-collapse collapse"><div '
                f'class="accordion-body"><p class="bodytext">{escape(answer)}</p></div></div></div>'
            )
        case "file":
            return (
                '<ul class="ce-uploads media-list"><li class="media"><div class="media-body"><a href="'
                f'/fileadmin/user_upload/{file_name(part)}" title="{text}"><span class="ce-uploads-fileName">'
                f'{text}</span></a><span class="ce-uploads-filesize">1,2 MB</span></div></li></ul>'
            )
    return plain(part, number)


def pasted(part: Part, number: int) -> str:
    """An editor in ASP.NET into which people paste from Word."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "p":
            return (
                '<p class="MsoNormal" style="margin: 0cm 0cm 8pt;"><span style="font-size: 11pt; '
                f'font-family: Calibri, sans-serif;">{text}</span></p>\n<p>&nbsp;</p>'
            )
        case "h":
            return f"<p><strong>{text}</strong></p>"
        case "ul" | "ol":
            return _items(part, part.kind, ' style="list-style-type: disc;" type="disc"')
        case "table":
            return _table(
                part, ' border="1" cellpadding="0" cellspacing="0" class="MsoTableGrid"', head=False
            )
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            return f"<p><strong>{escape(question)}</strong><br>{escape(answer)}</p>"
    return plain(part, number)


def drupal(part: Part, number: int) -> str:
    """Drupal 8 and later, with paragraphs for questions and media for files."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "caption":
            return (
                '<figure role="group" class="caption caption-img align-right"><img data-entity-type="file" '
                f'src="{_IMAGE.format(number)}" alt=""><figcaption>{text}</figcaption></figure>'
            )
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            return (
                '<div class="paragraph paragraph--type--faq-item paragraph--view-mode--default"><h3 class='
                f'"field field--name-field-question field--type-string field--label-hidden field__item">'
                f'{escape(question)}</h3><div class="clearfix text-formatted field field--name-field-answer '
                f'field--label-hidden field__item"><p>{escape(answer)}</p></div></div>'
            )
        case "file":
            return (
                '<div class="field field--name-field-bijlage field--type-file field--label-hidden '
                'field__item"><span class="file file--mime-application-pdf file--application-pdf icon-before">'
                f'<span class="file-icon"><span class="icon icon-primary" aria-hidden="true"></span></span>'
                f'<span class="file-link"><a href="/sites/default/files/{file_name(part)}" type='
                f'"application/pdf" title="Bestand openen" target="_blank">{text}</a></span>'
                '<span class="file-size">1.21 MB</span></span></div>'
            )
    return plain(part, number)


def mediawiki(part: Part, number: int) -> str:
    """MediaWiki as its parser writes it."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "h":
            name = part.text.replace(" ", "_")
            return (
                f'<h2><span class="mw-headline" id="{escape(name)}">{text}</span><span class="mw-editsection">'
                '<span class="mw-editsection-bracket">[</span><a href="/index.php?action=edit&amp;section='
                f'{number}" title="Deze kop bewerken">bewerken</a><span class="mw-editsection-divider"> | '
                f'</span><a href="/index.php?action=edit&amp;section={number}">brontekst bewerken</a><span '
                'class="mw-editsection-bracket">]</span></span></h2>'
            )
        case "table":
            return _table(part, ' class="wikitable"')
        case "quote":
            return f"<blockquote>{text}</blockquote>"
        case "caption":
            return (
                '<div class="thumb tright"><div class="thumbinner" style="width:302px;"><a href="/index.php/'
                f'Bestand:B{number}.jpg" class="image"><img alt="" src="{_IMAGE.format(number)}" class='
                '"thumbimage"></a>  <div class="thumbcaption"><div class="magnify"><a href="/index.php/'
                f'Bestand:B{number}.jpg" class="internal" title="Vergroten"></a></div>{text}</div></div></div>'
            )
        case "file":
            link = f"/images/1/1a/{file_name(part)}"
            return f'<p><a href="{link}" class="internal" title="{text}">{text}</a></p>'
    return plain(part, number)


def breaks(part: Part, number: int) -> str:
    """A page of before 2005: fonts, breaks and bold words."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "p" | "quote":
            return f"{text}<br><br>"
        case "h":
            return f'<b><font color="#003366">{text}</font></b><br>'
        case "ul" | "ol":
            items = "<br>".join(f"&#8226; {escape(item)}" for _, item in part.rows)
            return f"{items}<br><br>"
        case "table":
            return _table(part, ' border="0" cellpadding="3"', head=False) + "<br>"
        case "qa":
            return f"<b>{escape(part.rows[0][0])}</b><br>{escape(part.rows[1][0])}<br><br>"
        case "caption":
            return f'<img src="{_IMAGE.format(number)}" width="200" align="right" alt="">'
        case _:
            return f'<a href="/web/{file_name(part)}" target="_blank">{text}</a><br><br>'


def fund(part: Part, number: int) -> str:
    """A site that a bureau made: accordions with buttons, cards for files."""
    text = escape(part.text, quote=False)
    match part.kind:
        case "qa":
            question, answer = part.rows[0][0], part.rows[1][0]
            return (
                f'<div class="c-accordion__item"><h3 class="c-accordion__heading"><button type="button" '
                f'class="c-accordion__trigger js-toggle" aria-expanded="false" aria-controls="acc-{number}">'
                f'{escape(question)}<svg aria-hidden="true" class="icon"><use href="#plus"></use></svg>'
                f'</button></h3><div id="acc-{number}" class="c-accordion__panel" hidden><div class="c-rte">'
                f"<p>{escape(answer)}</p></div></div></div>"
            )
        case "caption":
            return (
                f'<figure class="c-figure"><picture><source srcset="{_IMAGE.format(number)}"><img alt="" '
                f'src="{_IMAGE.format(number)}"></picture><figcaption class="c-figure__caption">{text}'
                "</figcaption></figure>"
            )
        case "file":
            return (
                f'<a class="c-download" href="/media/{file_name(part)}"><span class="c-download__title">{text}'
                '</span><span class="c-download__meta">PDF, 1,2 MB</span></a>'
            )
        case "quote":
            return f'<figure class="c-quote"><blockquote>{text}</blockquote></figure>'
    return f'<div class="c-rte">{plain(part, number)}</div>'
