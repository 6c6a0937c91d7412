using LuceneLsr.Playground.Messages;
using LuceneLsr.Playground.Searching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace LuceneLsr.Playground.Api;

/// <summary>The operations on rules.</summary>
internal static class RuleEndpoints
{
    /// <summary>Maps the operations.</summary>
    public static void MapRules(this IEndpointRouteBuilder api, RuleEditor rules)
    {
        api.MapGet("rules", rules.List)
            .WithName("listRules")
            .WithSummary("List the rules")
            .WithDescription("Returns the rules that correct the learned index.");
        api.MapPost("rules/try", ([FromBody] TryRuleRequest request, CancellationToken cancellation) =>
                rules.Try(request.Rule, cancellation))
            .WithName("tryRule")
            .WithSummary("Try a rule on the judged queries")
            .WithDescription("Compares nDCG@10 without and with a rule. Nothing is changed.")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        Describe(api.MapPost("rules", ([FromBody] AddRuleRequest request) => rules.Add(request)),
            "addRule", "Add a rule", "Adds a rule, which applies to all searches from now on.");
        Describe(api.MapPost("rules/remove", ([FromBody] RuleRequest request) =>
                rules.Change(request.Version, current => current.Remove(request.Id))),
            "removeRule", "Remove a rule", "Removes a rule.").ProducesProblem(StatusCodes.Status404NotFound);
        Describe(api.MapPost("rules/enable", ([FromBody] RuleRequest request) =>
                rules.Change(request.Version, current => current.Enable(request.Id, isEnabled: true))),
            "enableRule", "Enable a rule", "Applies a disabled rule again.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe(api.MapPost("rules/disable", ([FromBody] RuleRequest request) =>
                rules.Change(request.Version, current => current.Enable(request.Id, isEnabled: false))),
            "disableRule", "Disable a rule", "Keeps a rule, but does not apply it.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        Describe(api.MapPost("rules/undo", ([FromBody] UndoRequest request) => rules.Undo(request.Version)),
            "undoRules", "Undo the last change", "Undoes the last change of the rules that was made by this server.");
    }

    private static RouteHandlerBuilder Describe(
        RouteHandlerBuilder operation, string name, string summary, string description) => operation
        .WithName(name)
        .WithSummary(summary)
        .WithDescription($"{description} The version must be that of the latest list.")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict);
}
