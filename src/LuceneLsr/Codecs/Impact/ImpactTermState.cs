using Lucene.Net.Codecs;
using Lucene.Net.Index;
using LuceneLsr.Storage.Layouts;

namespace LuceneLsr.Codecs.Impact;

/// <summary>Where a term's postings are.</summary>
internal sealed class ImpactTermState : BlockTermState
{
    /// <summary>The document of a term's only posting; of no meaning where there are more.</summary>
    public int Document { get; set; }

    /// <summary>Where more postings begin in the file.</summary>
    public long Start { get; set; }

    /// <summary>Their bytes.</summary>
    public int Length { get; set; }

    /// <summary>How they lie.</summary>
    public PostingLayout Layout { get; set; }

    /// <summary>Their largest impact.</summary>
    public int MaxImpact { get; set; }

    public override void CopyFrom(TermState other)
    {
        base.CopyFrom(other);
        var term = (ImpactTermState)other;
        (Document, Start, Length, Layout, MaxImpact) =
            (term.Document, term.Start, term.Length, term.Layout, term.MaxImpact);
    }
}
