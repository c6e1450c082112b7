"""Whether the readers that others wrote take our STIX bundle and our MISP event: exchange.py STIX MISP [TEMPLATES]."""

import json
import sys
from pathlib import Path

import pymisp
import stix2

stix_file, misp_file = sys.argv[1:3]

bundle = stix2.parse(Path(stix_file).read_text(), allow_custom=False)
kinds = {}
for found in bundle.objects:
    kinds[found.type] = kinds.get(found.type, 0) + 1
print(f"stix2 {stix2.__version__}: {len(bundle.objects)} objects taken, {kinds}")
known = {found.id for found in bundle.objects}
report = next(found for found in bundle.objects if found.type == "report")
lost = [ref for ref in report.object_refs if ref not in known]
assert not lost, lost

event = pymisp.MISPEvent()
event.load(json.loads(Path(misp_file).read_text()))
for found in event.objects:
    if len(sys.argv) > 3:
        template = json.loads((Path(sys.argv[3]) / f"{found.name}.json").read_text())
        assert template["uuid"] == found.template_uuid, found.name
        for attribute in found.attributes:
            stands = template["attributes"].get(attribute.object_relation)
            assert stands, f"{found.name} has no {attribute.object_relation}"
            assert stands["misp-attribute"] == attribute.type, attribute.object_relation
        needed = template.get("requiredOneOf", [])
        assert not needed or any(a.object_relation in needed for a in found.attributes), found.name
print(f"pymisp {pymisp.__version__}: event with {len(event.objects)} objects and {len(event.tags)} tags taken")
