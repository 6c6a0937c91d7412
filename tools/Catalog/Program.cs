using System.CommandLine;
using Lucene.Net.QueryParsers.Classic;
using LuceneLsr.Tokenization;
using LuceneLsr.Tools.Catalog;
using LuceneLsr.Tools.Catalog.Searching;
using Spectre.Console;

var engine = new Option<EngineKind>("--engine")
{
    Description = "Lexical is BM25, Learned is learned sparse retrieval, Upgraded is that with a new encoder.",
    DefaultValueFactory = _ => EngineKind.Learned,
};
engine.AcceptOnlyFromAmong(Enum.GetNames<EngineKind>());
var checkpoint = new Option<string?>("--checkpoint")
{
    Description = "The folder of the new encoder, in ONNX format, for --engine Upgraded.",
    HelpName = "DIR",
};
var index = new Option<string?>("--index")
{
    Description = "The folder of the index (default: one in the system's folder for temporary files).",
};

var text = new Argument<string>("query") { Description = "What to look for, in Lucene's classic query syntax." };
var category = new Option<string?>("--category") { Description = "Show products of one category only." };
var maxPrice = new Option<decimal?>("--max-price") { Description = "Show products up to a price only." };
var order = new Option<ProductOrder>("--order") { Description = "The order of the products." };
order.AcceptOnlyFromAmong(Enum.GetNames<ProductOrder>());
var pages = new Option<int>("--pages") { Description = "Number of pages to show.", DefaultValueFactory = _ => 1 };
pages.Validators.Add(result =>
{
    if (result.GetValue(pages) < 1)
    {
        result.AddError("--pages must be at least 1.");
    }
});
var search = new Command("search", "Search the products by keywords or by a language model.")
{
    text, engine, checkpoint, index, category, maxPrice, order, pages,
};
search.SetAction(parsed =>
{
    using var session = Open(parsed);
    var request = new ProductRequest(parsed.GetRequiredValue(text))
    {
        Category = parsed.GetValue(category),
        MaxPrice = parsed.GetValue(maxPrice),
        Order = parsed.GetValue(order),
        PageSize = 5,
    };
    CatalogView.Write(session.Catalog, request, parsed.GetValue(pages));
});

var prefix = new Argument<string>("prefix") { Description = "The start of a word of the title." };
var suggest = new Command("suggest", "Complete the title of a product.") { prefix, engine, checkpoint, index };
suggest.SetAction(parsed =>
{
    using var session = Open(parsed);
    foreach (var title in session.Catalog.Suggest(parsed.GetRequiredValue(prefix), count: 10))
    {
        AnsiConsole.WriteLine(title);
    }
});

var newCheckpoint = new Option<string>("--checkpoint")
{
    Description = "The folder of the new encoder, in ONNX format.", HelpName = "DIR", Required = true,
};
var pace = new Option<double>("--max-per-second")
{
    Description = "Maximum number of products to encode per second (default: no limit).",
    DefaultValueFactory = _ => double.PositiveInfinity,
};
pace.Validators.Add(result =>
{
    if (result.GetValue(pace) is not >= 0.001)
    {
        result.AddError("--max-per-second must be at least 0.001.");
    }
});
var switches = new Option<bool>("--switch") { Description = "Let later searches use the new encoder." };
var drop = new Option<bool>("--drop") { Description = "Remove the vectors of the former encoder after a switch." };
var upgrade = new Command("upgrade", "Replace the encoder of the catalog, and compare both.")
{
    newCheckpoint, index, pace, switches, drop,
};
upgrade.SetAction(async (parsed, cancellation) =>
{
    using var session = new CatalogSession(
        EngineKind.Upgraded, GetFolder(parsed, EngineKind.Learned), parsed.GetRequiredValue(newCheckpoint));
    var work = GetFolder(parsed, EngineKind.Learned) + "-upgrade";
    await UpgradeView.RunAsync(session.Upgrade!, work, parsed.GetValue(pace), cancellation).ConfigureAwait(false);
    if (parsed.GetValue(switches))
    {
        session.Upgrade!.Switch();
        Console.WriteLine("Later searches use the new encoder (--engine Upgraded).");
    }

    if (parsed.GetValue(drop))
    {
        session.Upgrade!.DropFormer(cancellation);
        Console.WriteLine("The vectors of the former encoder are removed.");
    }
});

var root = new RootCommand("A sample application: a small product catalog.") { search, suggest, upgrade };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false })
        .ConfigureAwait(false);
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Canceled. An upgrade goes on when it is run again.");
    return 130;
}
catch (Exception exception) when (exception
    is IOException or CheckpointException or UnauthorizedAccessException or ParseException or InvalidOperationException
    or ArgumentException)
{
    Console.Error.WriteLine($"Error: {exception.Message}");
    return 1;
}

CatalogSession Open(ParseResult parsed)
{
    var kind = parsed.GetValue(engine);
    if (kind == EngineKind.Upgraded && parsed.GetValue(checkpoint) is null)
    {
        throw new ArgumentException("--engine Upgraded needs the new encoder. Name its folder with --checkpoint.");
    }

    return new CatalogSession(kind, GetFolder(parsed, kind), parsed.GetValue(checkpoint));
}

// An upgraded catalog is one that was learned.
string GetFolder(ParseResult parsed, EngineKind kind) => parsed.GetValue(index) ?? Path.Combine(
    Path.GetTempPath(), $"lsr-catalog-{(kind == EngineKind.Upgraded ? EngineKind.Learned : kind)}");
