interface Article {
  readonly title: string
  readonly doi: string
  readonly abstract: string
}

/** A small JATS file with one section, one table and one reference. All of it is invented. */
export function jats({ title, doi, abstract }: Article): Buffer {
  return Buffer.from(`<article article-type="research-article" xml:lang="en"><front>
<journal-meta><journal-title-group><journal-title>Journal of Invented Cardiology</journal-title></journal-title-group></journal-meta>
<article-meta><article-id pub-id-type="doi">${doi}</article-id>
<title-group><article-title>${title}</article-title></title-group>
<contrib-group><contrib contrib-type="author"><name><surname>Quist</surname><given-names>Elin</given-names></name></contrib></contrib-group>
<pub-date><year>2026</year></pub-date><abstract><p>${abstract}</p></abstract></article-meta></front>
<body><sec><title>Results</title><p>The practice handed over 84% of patients within four weeks <xref ref-type="bibr" rid="r1">1</xref>.</p>
<table-wrap><label>Table 1</label><caption><p>Handed over by week</p></caption><table><thead><tr><th>Week</th><th>Patients</th></tr></thead>
<tbody><tr><td>4</td><td>84%</td></tr></tbody></table></table-wrap></sec></body>
<back><ref-list><ref id="r1"><element-citation publication-type="journal"><person-group><name><surname>Hollis</surname><given-names>P</given-names></name></person-group>
<article-title>Shared care in heart failure</article-title><source>Journal of Invented Cardiology</source><year>2025</year><volume>12</volume><fpage>341</fpage></element-citation></ref></ref-list></back></article>`)
}
