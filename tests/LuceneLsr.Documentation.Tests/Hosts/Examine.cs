using Lucene.Net.Analysis;
using Lucene.Net.Documents;
using Lucene.Net.Search;

namespace LuceneLsr.Documentation.Tests.Hosts;

/// <summary>Examine's interface for the type of a field, as in its version 3.</summary>
internal interface IIndexFieldValueType
{
    string FieldName { get; }

    string SortableFieldName { get; }

    bool Store { get; }

    Analyzer Analyzer { get; }

    void AddValue(Document doc, object value);

    Query GetQuery(string query);
}
