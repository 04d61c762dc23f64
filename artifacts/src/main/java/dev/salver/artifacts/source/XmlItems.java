package dev.salver.artifacts.source;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of a listing: repeated elements with the texts inside them, and the texts beside them.
 * Document types and entities are not read.
 *
 * @param items texts by element name, whatever the nesting
 * @param page texts outside of items
 */
record XmlItems(List<Map<String, String>> items, Map<String, String> page) {
  private static final int MAX_DEPTH = 16;

  /**
   * @param item the repeated element's name
   * @throws XMLStreamException where it is no such listing
   */
  static XmlItems read(InputStream in, String item) throws XMLStreamException {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    XMLStreamReader reader = factory.createXMLStreamReader(in);
    var items = new ArrayList<Map<String, String>>();
    var page = new HashMap<String, String>();
    var open = new ArrayDeque<String>();
    var text = new StringBuilder();
    Map<String, String> current = page;
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          open.push(reader.getLocalName());
          text.setLength(0);
          if (open.size() > MAX_DEPTH) {
            throw new XMLStreamException("too deep");
          }
          if (reader.getLocalName().equals(item)) {
            current = new HashMap<>();
            items.add(current);
          }
        }
        case XMLStreamConstants.CHARACTERS -> text.append(reader.getText());
        case XMLStreamConstants.END_ELEMENT -> {
          String name = open.pop();
          if (name.equals(item)) {
            current = page;
          } else if (!text.isEmpty()) {
            current.putIfAbsent(name, text.toString());
          }
          text.setLength(0);
        }
        default -> {}
      }
    }
    return new XmlItems(items, page);
  }
}
