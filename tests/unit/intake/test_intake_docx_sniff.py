# ruff: noqa: E501 - lines of sample pages stand as they would print
from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given
from hypothesis import strategies as st

from openimr.intake.docx import read_docx
from openimr.intake.sniff import FileKind, sniff


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_body_order_tables_and_page_breaks() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Bluff Clinic"
    document.add_paragraph("Before\tthe table")
    table = document.add_table(rows=2, cols=3)
    for at, text in enumerate(("Drug", "Dose", "Qty", "Norco", "10/325", "120")):
        table.cell(at // 3, at % 3).text = text
    document.add_paragraph("After it " + "word " * 40)
    document.add_page_break()
    document.add_paragraph("Second page")
    first, second = read_docx(saved(document))
    lines = first.text.split("\n")
    assert lines[:4] == [
        "Bluff Clinic",
        "Before    the table",
        "Drug   Dose   Qty",
        "Norco   10/325   120",
    ]
    assert all(len(line) <= 96 for line in lines)
    assert second.text.strip() == "Second page"
    assert [first.text[word.start : word.end] for word in first.words] == first.text.split()


def test_a_merged_cell_is_written_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    table.cell(0, 2).text = "end"
    assert read_docx(saved(document))[0].text == "wide   end"


def test_cells_merged_down_are_written_once_and_keep_the_columns() -> None:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "Norco"
    table.cell(0, 1).text = "March"
    table.cell(1, 1).text = "April"
    assert read_docx(saved(document))[0].text.split("\n") == ["Norco   March", "   April"]


def with_body(xml: str) -> bytes:
    """A document whose body begins with this XML."""
    document = docx.Document()
    document.element.body.insert(0, parse_xml(xml))
    return saved(document)


def test_text_boxes_are_read_once() -> None:
    """Word writes a text box twice: as a drawing, and as a fallback for old programs."""
    box = "<w:txbxContent><w:p><w:r><w:t>RECEIVED 5/21/2015</w:t></w:r></w:p></w:txbxContent>"
    namespaces = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"'
    )
    raw = with_body(
        f"<w:p {nsdecls('w')} {namespaces}><w:r><w:t>Before </w:t></w:r><w:r>"
        f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{box}</wps:txbx></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    text = read_docx(raw)[0].text
    assert text.split() == ["Before", "RECEIVED", "5/21/2015"]


def test_content_controls_of_a_form_are_read() -> None:
    def control(inner: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"

    def paragraph(text: str) -> str:
        return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"

    cells = f"<w:tc>{paragraph('Norco')}</w:tc>" + control(f"<w:tc>{paragraph('#120')}</w:tc>")
    table = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    whole = control(paragraph("Claim: WC1") + table)
    raw = with_body(whole.replace("<w:sdt>", f"<w:sdt {nsdecls('w')}>", 1))
    assert read_docx(raw)[0].text.split("\n")[:2] == ["Claim: WC1", "Norco   #120"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b"junk before %PDF-1.7", FileKind.PDF),
        (b"\x89PNG\r\n\x1a\nxx", FileKind.IMAGE),
        (b"\xff\xd8\xff\xe0", FileKind.IMAGE),
        (b"II*\x00xx", FileKind.IMAGE),
        (b"PK\x03\x04", FileKind.ZIP),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileKind.ENCRYPTED_OFFICE),
        (b"{\\rtf1", FileKind.RTF),
        ("Pain 6/10, naïve".encode("cp1252"), FileKind.TEXT),
        ("Pain".encode("utf-16"), FileKind.TEXT),
        (bytes(range(256)), FileKind.OTHER),
    ],
)  # fmt: skip
def test_a_file_is_known_by_its_first_bytes(head: bytes, kind: FileKind) -> None:
    assert sniff(head) is kind


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_written_text_is_text(text: str) -> None:
    assert sniff(text.encode()) is FileKind.TEXT
