package org.finegrain.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * The reader of the box in a Pascal VOC annotation, that of its first object. The file is not
 * trusted: a document type, and with it every entity, is refused.
 *
 * <p>The boxes of Stanford Dogs are those of ImageNet, which count pixels from 0 and exclude their
 * last row and column.
 */
final class VocXml {
  private final DocumentBuilder parser = parser();

  /**
   * Reads the box.
   *
   * @param file the name of the file, for messages
   * @throws DataException if the annotation has no valid box
   */
  BoundingBox box(String file, byte[] xml) throws IOException {
    try {
      Document document = parser.parse(new ByteArrayInputStream(xml));
      NodeList boxes = document.getElementsByTagName("bndbox");
      if (boxes.getLength() == 0) {
        throw new ListRow(file, 1, "").fault("no <bndbox> in the annotation");
      }
      Element box = (Element) boxes.item(0);
      ListRow row = new ListRow(file, 1, "");
      double left = edge(row, box, "xmin");
      double top = edge(row, box, "ymin");
      double right = edge(row, box, "xmax");
      return new BoundingBox(left, top, right - left, edge(row, box, "ymax") - top);
    } catch (SAXParseException e) {
      throw new ListRow(file, Math.max(1, e.getLineNumber()), "").fault(e.getMessage());
    } catch (SAXException e) {
      throw new ListRow(file, 1, "").fault(e.getMessage());
    }
  }

  private static double edge(ListRow row, Element box, String name) {
    NodeList values = box.getElementsByTagName(name);
    String text = values.getLength() == 0 ? "" : values.item(0).getTextContent().strip();
    return row.number(text, "<" + name + ">");
  }

  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder parser = factory.newDocumentBuilder();
      parser.setErrorHandler(new Throwing()); // the default one prints to standard error
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException(
          "Cannot set the JDK's XML parser to refuse document types", e);
    }
  }

  private static final class Throwing implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) {}

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
