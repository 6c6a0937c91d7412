using Lucene.Net.Codecs;
using Lucene.Net.Index;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Locates a term's postings. A term with one posting has only <see cref="Document"/>.</summary>
internal sealed class ImpactTermState : BlockTermState
{
    /// <summary>Gets or sets the document of the only posting.</summary>
    public int Document { get; set; }

    /// <summary>Gets or sets the offset of the postings in the file, in bytes.</summary>
    public long Start { get; set; }

    /// <summary>Gets or sets the length of the postings in bytes.</summary>
    public int Length { get; set; }

    /// <summary>Gets or sets the layout of the postings.</summary>
    public PostingLayout Layout { get; set; }

    /// <summary>Gets or sets the largest impact.</summary>
    public int MaxImpact { get; set; }

    public override void CopyFrom(TermState other)
    {
        base.CopyFrom(other);
        var term = (ImpactTermState)other;
        (Document, Start, Length, Layout, MaxImpact) =
            (term.Document, term.Start, term.Length, term.Layout, term.MaxImpact);
    }
}
