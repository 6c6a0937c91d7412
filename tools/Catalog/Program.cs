using System.CommandLine;
using Lucene.Net.QueryParsers.Classic;
using LuceneLsr.Tools.Catalog;
using LuceneLsr.Tools.Catalog.Searching;
using Spectre.Console;

var engine = new Option<EngineKind>("--engine")
{
    Description = "Lexical is BM25, Learned is learned sparse retrieval.",
    DefaultValueFactory = _ => EngineKind.Learned,
};
engine.AcceptOnlyFromAmong(Enum.GetNames<EngineKind>());
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
    text, engine, index, category, maxPrice, order, pages,
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
var suggest = new Command("suggest", "Complete the title of a product.") { prefix, engine, index };
suggest.SetAction(parsed =>
{
    using var session = Open(parsed);
    foreach (var title in session.Catalog.Suggest(parsed.GetRequiredValue(prefix), count: 10))
    {
        AnsiConsole.WriteLine(title);
    }
});

var root = new RootCommand("A sample application: a small product catalog.") { search, suggest };
try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception
    is IOException or UnauthorizedAccessException or ParseException or InvalidOperationException or ArgumentException)
{
    Console.Error.WriteLine($"Error: {exception.Message}");
    return 1;
}

CatalogSession Open(ParseResult parsed)
{
    var kind = parsed.GetValue(engine);
    return new CatalogSession(kind, parsed.GetValue(index) ?? Path.Combine(Path.GetTempPath(), $"lsr-catalog-{kind}"));
}
