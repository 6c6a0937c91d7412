using Lucene.Net.Index;

namespace LuceneLsr.Storage.Cursors;

/// <summary>Reads postings of any format through Lucene's <see cref="DocsEnum"/>.</summary>
internal sealed class DocsEnumCursor(DocsEnum docs, int count, int maxImpact) : PostingCursor
{
    private int _next = docs.NextDoc();

    public override int NextDocument => _next;

    public override int Count => count;

    public override int MaxImpact => maxImpact;

    public override void Accumulate<T>(int start, int end, T consumer)
    {
        if (_next < start)
        {
            _next = docs.Advance(start);
        }

        while (_next < end)
        {
            consumer.Add(_next - start, docs.Freq);
            _next = docs.NextDoc();
        }
    }

    public override void Find(ReadOnlySpan<int> documents, Span<int> impacts)
    {
        for (var i = 0; i < documents.Length; i++)
        {
            if (_next < documents[i])
            {
                _next = docs.Advance(documents[i]);
            }

            impacts[i] = _next == documents[i] ? docs.Freq : 0;
        }
    }
}
